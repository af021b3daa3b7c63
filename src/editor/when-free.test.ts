import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { EditorContextValue } from "./services.ts";
import { whenFree } from "./when-free.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("requestAnimationFrame", (callback: () => void) => setTimeout(callback, 16));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function start() {
  let isFree = false;
  const python = Promise.withResolvers<void>();
  const runs = createStore<{ running: object | null }>(() => ({ running: null }));
  void whenFree({
    language: { pythonStarted: () => python.promise },
    runs,
  } as unknown as EditorContextValue).then(() => {
    isFree = true;
  });
  return { isFree: () => isFree, pythonStarts: python.resolve, runs };
}

test("Python goes first, then what was clicked at once", async () => {
  const { isFree, pythonStarts, runs } = start();
  await vi.advanceTimersByTimeAsync(500);
  expect(isFree()).toBe(false);
  pythonStarts();
  await vi.advanceTimersByTimeAsync(10);
  runs.setState({ running: {} });
  await vi.advanceTimersByTimeAsync(500);
  expect(isFree()).toBe(false);
  runs.setState({ running: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(isFree()).toBe(true);
});

test("with nothing to run it is free two frames after Python is there", async () => {
  const { isFree, pythonStarts } = start();
  pythonStarts();
  await vi.advanceTimersByTimeAsync(40);
  expect(isFree()).toBe(true);
});

test.each([
  ["Python takes long to start", () => {}],
  [
    "a step runs for ever",
    ({ pythonStarts, runs }: ReturnType<typeof start>) => {
      pythonStarts();
      runs.setState({ running: {} });
    },
  ],
])("but no longer than a second and a half: %s", async (_, act) => {
  const started = start();
  act(started);
  await vi.advanceTimersByTimeAsync(1400);
  expect(started.isFree()).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(started.isFree()).toBe(true);
});
