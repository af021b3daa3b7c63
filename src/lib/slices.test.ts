import { expect, test } from "vitest";
import { runAtOnce, runInSlices, type SlicedWork } from "./slices.ts";

function* counting(to: number, seen: number[], busy = 0): SlicedWork<number> {
  for (let n = 1; n <= to; n++) {
    seen.push(n);
    const end = performance.now() + busy;
    while (performance.now() < end);
    yield;
  }
  return to;
}

test("all at once, or with pauses in which others come to work", async () => {
  expect(runAtOnce(counting(3, []))).toBe(3);
  const seen: number[] = [];
  let seenBetween = 0;
  const done = runInSlices(counting(6, seen, 6));
  queueMicrotask(() => {
    seenBetween = seen.length;
  });
  expect(await done).toBe(6);
  expect(seenBetween).toBeGreaterThan(0);
  expect(seenBetween).toBeLessThan(6);
});

test("short work is done before anybody else's turn", () => {
  const seen: number[] = [];
  void runInSlices(counting(3, seen));
  expect(seen).toEqual([1, 2, 3]);
});

test("it ends when it is aborted, and with what it throws", async () => {
  const abort = new AbortController();
  const seen: number[] = [];
  const work = runInSlices(counting(1000, seen, 6), abort.signal);
  abort.abort(new Error("not wanted any more"));
  await expect(work).rejects.toThrow("not wanted any more");
  expect(seen.length).toBeLessThan(1000);
  await expect(
    runInSlices(
      (function* () {
        yield;
        throw new Error("broken");
      })(),
    ),
  ).rejects.toThrow("broken");
});
