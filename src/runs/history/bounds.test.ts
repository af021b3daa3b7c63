import { expect, test } from "vitest";
import { beyondBounds } from "./bounds.ts";
import type { PastRunSummary } from "./types.ts";

const run = (startedAt: number, size: number): PastRunSummary => ({
  id: `w ${startedAt}`,
  workflowId: "w",
  kind: "workflow",
  startedAt,
  durationMs: 1,
  status: "success",
  steps: [],
  error: null,
  size,
});
const times = (runs: readonly PastRunSummary[]) => runs.map(({ startedAt }) => startedAt);

test("the oldest go when there are more than fifty", () => {
  const all = Array.from({ length: 52 }, (_, index) => run(index, 10));
  expect(times(beyondBounds(all))).toEqual([1, 0]);
  expect(beyondBounds(all.slice(2))).toEqual([]);
});

test("the oldest go when all are too large together; the newest stays", () => {
  expect(times(beyondBounds([run(1, 100), run(3, 40_000_000), run(2, 30_000_000)]))).toEqual([2, 1]);
  expect(beyondBounds([run(1, 90_000_000)])).toEqual([]);
});
