import type { NetworkEntry } from "./entries.ts";

/** From the first request to the end of the last, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a bar covers of its track, in percent. */
export interface Bar {
  readonly start: number;
  /** Until the answer began. */
  readonly waiting: number;
  readonly receiving: number;
}

export function spanOf(entries: readonly NetworkEntry[]): Span {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { startedAt, durationMs, firstByteMs } of entries) {
    from = Math.min(from, startedAt);
    to = Math.max(to, startedAt + (durationMs ?? firstByteMs ?? 0));
  }
  return { from, to: Math.max(to, from + 1) };
}

export function barOf({ startedAt, durationMs, firstByteMs }: NetworkEntry, { from, to }: Span): Bar {
  const percent = (ms: number) => (100 * ms) / (to - from);
  const start = percent(startedAt - from);
  // What goes on lasts to the end of what is known.
  const total = durationMs === null ? 100 - start : percent(durationMs);
  const waiting = firstByteMs === null ? total : Math.min(total, percent(firstByteMs));
  return { start, waiting, receiving: Math.max(0, total - waiting) };
}
