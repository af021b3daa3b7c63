import type { PastRunSummary } from "./types.ts";

/** Runs that are kept of one workflow. */
export const MAX_RUNS = 50;
/** All of them together, in characters and bytes. */
export const MAX_TOTAL = 64_000_000;

/** Of one run. */
export const MAX_RUN = 8_000_000;
/** Of one step's exports; of its tables, images and the like; of its headers and bodies; of its code. */
export const MAX_EXPORTS = 2_000_000;
export const MAX_DISPLAYS = 2_000_000;
export const MAX_NETWORK = 500_000;
export const MAX_CODE = 500_000;
/** Of a run's event. */
export const MAX_EVENT = 1_000_000;

/** Newest first. */
export function newestFirst(runs: readonly PastRunSummary[]): readonly PastRunSummary[] {
  return runs.toSorted((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1));
}

/** Those that have to go: the oldest, until no more than 50 are left and all of them are within the bound. The newest stays. */
export function beyondBounds(all: readonly PastRunSummary[]): readonly PastRunSummary[] {
  let size = 0;
  return newestFirst(all).filter((run, index) => {
    size += run.size;
    return index > 0 && (index >= MAX_RUNS || size > MAX_TOTAL);
  });
}
