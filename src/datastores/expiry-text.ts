import { formatDuration } from "../lib/format.ts";

/** When a record is gone, for people: `in 5 min`, or the day where that is far off. Milliseconds since the epoch. */
export function expiryText(expiresAt: number, now: number): string {
  const left = Math.max(0, expiresAt - now);
  if (left < 120_000) return `in ${formatDuration(left)}`;
  if (left < 2 * 3_600_000) return `in ${Math.round(left / 60_000)} min`;
  if (left < 48 * 3_600_000) return `in ${Math.round(left / 3_600_000)} h`;
  return new Date(expiresAt).toLocaleDateString("en", { year: "numeric", month: "short", day: "numeric" });
}
