// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inQuiet } from "./when-quiet.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Takes what comes of three things; what was asked for, and what came. */
function taking(ready: () => boolean, signal: AbortSignal = new AbortController().signal) {
  const asked: number[] = [];
  const came: number[] = [];
  async function* source() {
    for (const number of [1, 2, 3]) {
      asked.push(number);
      yield number;
    }
  }
  const done = (async () => {
    for await (const number of inQuiet(source(), ready, signal)) came.push(number);
  })();
  return { asked, came, done };
}

const press = () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));

test("nothing is asked for before the person has paused; after that each when the page is idle", async () => {
  const { asked, came, done } = taking(() => true);
  await vi.advanceTimersByTimeAsync(2000);
  press();
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(3000);
  await done;
  expect(came).toEqual([1, 2, 3]);
});

test("a key in between, or a run, holds what comes next", async () => {
  let running = false;
  const { asked, came, done } = taking(() => !running);
  // Up to when the page counts as idle once it is quiet.
  await vi.advanceTimersByTimeAsync(2500);
  await vi.advanceTimersToNextTimerAsync();
  expect(came).toEqual([1]);
  press();
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toEqual([1]);
  running = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([1]);
  running = false;
  await vi.advanceTimersByTimeAsync(10_000);
  await done;
  expect(came).toEqual([1, 2, 3]);
});

test("it ends with the signal's reason", async () => {
  const ended = new AbortController();
  const { asked, done } = taking(() => true, ended.signal);
  const outcome = done.catch((error: unknown) => error);
  const reason = new Error("over");
  ended.abort(reason);
  expect(await outcome).toBe(reason);
  expect(asked).toEqual([]);
});
