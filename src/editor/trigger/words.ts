import type { EventRecord, HookAddress, Skipped } from "../../triggers/index.ts";
import type { Schedule, Trigger } from "../../workflow/index.ts";

export const kindLabels: Readonly<Record<Trigger["kind"], string>> = {
  manual: "Manual trigger",
  http: "HTTP request",
  schedule: "Schedule",
};

/** What an earlier event came from, for lists. */
export function originOf({ kind }: EventRecord): string {
  return { manual: "Typed", http: "Request", schedule: "Schedule" }[kind];
}

/** A curl command that tries an address. */
export function curlFor(url: string): string {
  return `curl -H 'Content-Type: application/json' -d '{"message": "hello"}' ${url}`;
}

/** Whether requests reach this page, in a few words. */
export function connectionWords(address: HookAddress): string {
  if (address.kind === "registering") return "Getting the address…";
  if (address.kind === "failed") return address.message;
  if (address.kind === "none") return "";
  if (address.connection === "open") return "Waiting for requests";
  return address.connection === "lost"
    ? "The gateway doesn't answer. Start it again (npm start) and reload this page."
    : "Connecting…";
}

/** True of an address that is reached from this machine only. */
export function isLocal(url: string): boolean {
  return /^https?:\/\/(127\.|localhost|\[::1\])/.test(url);
}

const MINUTE = 60;
export const units = [
  { id: "seconds", seconds: 1 },
  { id: "minutes", seconds: MINUTE },
  { id: "hours", seconds: 60 * MINUTE },
  { id: "days", seconds: 24 * 60 * MINUTE },
] as const;
export type Unit = (typeof units)[number];

/** The largest unit that an interval is a whole number of. */
export function unitOf(seconds: number): Unit {
  return units.findLast((unit) => seconds % unit.seconds === 0) ?? units[0];
}

/** When a schedule is due, in a few words: `every 15 minutes`, `0 9 * * * (Europe/Berlin)`. */
export function scheduleWords(schedule: Schedule): string {
  if (schedule.kind === "cron") return `${schedule.expression} (${schedule.timeZone})`;
  const unit = unitOf(schedule.seconds);
  const count = schedule.seconds / unit.seconds;
  return count === 1 ? `every ${unit.id.slice(0, -1)}` : `every ${count} ${unit.id}`;
}

/** A due time in the person's own zone: `Mon 29 Mar, 09:00:00`. */
export function dueWords(at: number): string {
  return new Date(at).toLocaleString(undefined, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}

/** What was passed over. */
export function skippedWords({ count, lastAt, why }: Skipped): string {
  const times = count === 1 ? "Once" : `${count.toLocaleString("en")} times`;
  const reason =
    why === "busy" ? "it was due while something else was running" : "it was due while this page was asleep";
  return `${times} ${reason} and was passed over, last at ${dueWords(lastAt)}.`;
}
