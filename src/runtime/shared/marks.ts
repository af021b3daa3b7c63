/**
 * Points on the way to a Python that is ready. The worker sends its own along with its last word; in the page all of them become
 * `performance` marks ("runnel: …"), which the browser's tools and `npm run bench -- start` show.
 */
export const MARKS = [
  "entry",
  "files there",
  "frame there",
  "worker running",
  "worker asked",
  "modules imported",
  "wasm compiled",
  "wasm instantiated",
  "memory there",
  "snapshot restored",
  "hashes renewed",
  "Python loaded",
  "bridge connected",
] as const;
export type Mark = (typeof MARKS)[number];

/** Milliseconds since the epoch, the clock that page, frame and worker have in common. */
export type MarkTimes = Partial<Record<Mark, number>>;

/** Notes that a point is reached now; only the first time counts. */
export function markTime(times: MarkTimes, mark: Mark): void {
  times[mark] ??= performance.timeOrigin + performance.now();
}

/** Marks the page's timeline with the start of a worker. Only the first one's counts: it is what the page waited for. */
export function showMarks(times: MarkTimes): void {
  for (const [mark, at] of Object.entries(times)) {
    const name = `runnel: ${mark}`;
    if (performance.getEntriesByName(name).length > 0) continue;
    performance.mark(name, { startTime: Math.max(0, at - performance.timeOrigin) });
  }
}

/** The page reaches a point now. */
export function markPage(mark: Mark): void {
  performance.mark(`runnel: ${mark}`);
}
