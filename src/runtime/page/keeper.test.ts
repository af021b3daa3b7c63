import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createKeeper, type KeepRequest } from "./keeper.ts";
import type { KeepResult } from "./keeping-worker.ts";
import type { KeptStore } from "./kept-workflows.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const lock = [
  {
    name: "a",
    version: "1.0",
    sha256: "0",
    filename: "a-1.0-py3-none-any.whl",
    source: "index" as const,
    asked: [],
    requires: [],
  },
];
const packages = { steps: [{ name: "python", code: "import a", enabled: true }], lock };
const kept: KeepResult = {
  kind: "kept",
  content: { memory: new Blob(["m"]), files: new Blob([]), packages: lock },
};

/** A keeper whose workers answer as told; what they were asked, how many are alive, and what was stored. */
function start(...answers: (KeepResult | Promise<KeepResult> | Error)[]) {
  const asked: KeepRequest[] = [];
  const stored = new Map<string, Awaited<ReturnType<KeptStore["get"]>>>();
  let alive = 0;
  const keeper = createKeeper({
    build: () => "b1",
    idleMs: 100,
    store: {
      get: async (id) => stored.get(id) ?? null,
      touch: async () => {},
      put: async (id, _build, value) => void stored.set(id, value),
      delete: async () => {},
    },
    open() {
      alive += 1;
      let fail = (_: Error) => {};
      let dead = false;
      return {
        make: (request) =>
          new Promise((resolve, reject) => {
            asked.push(request);
            fail = reject;
            const answer = answers.shift() ?? kept;
            if (answer instanceof Error) reject(answer);
            else void Promise.resolve(answer).then(resolve);
          }),
        kill() {
          if (!dead) alive -= 1;
          dead = true;
          fail(new Error("killed"));
        },
      };
    },
  });
  return { keeper, asked, stored, alive: () => alive };
}
const never = new Promise<KeepResult>(() => {});

test("a run that went well is followed by one snapshot, when nothing has run for a while", async () => {
  const { keeper, asked, stored, alive } = start();
  keeper.pause();
  keeper.ran("w1", packages);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
  keeper.resume();
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([{ ...packages, without: [], unimported: [] }]);
  expect(stored.get("w1")?.content).toBe(kept.kind === "kept" ? kept.content : null);
  expect(alive()).toBe(0);

  keeper.ran("w1", { ...packages, steps: [{ name: "python", code: "import a\nx = 2", enabled: true }] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(1);
  keeper.ran("w1", { steps: [], lock: [] });
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(1);
});

test("what is in the way is left out in the next round; where nothing is left that is remembered", async () => {
  const { keeper, asked, stored } = start(
    { kind: "refused", without: ["a"], unimported: [] },
    { kind: "refused", without: [], unimported: ["b", "c"] },
    { kind: "nothing" },
  );
  keeper.ran("w1", packages);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.map(({ without, unimported }) => [without, unimported])).toEqual([
    [[], []],
    [["a"], []],
    [["a"], ["b", "c"]],
  ]);
  expect(stored.get("w1")).toEqual({ key: expect.any(String), content: null });
});

test("a run in between ends the work, which is begun anew after it", async () => {
  const { keeper, asked, stored, alive } = start(never);
  keeper.ran("w1", packages);
  await vi.advanceTimersByTimeAsync(150);
  expect([asked.length, alive()]).toEqual([1, 1]);
  keeper.pause();
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked.length, alive(), stored.size]).toEqual([1, 0, 0]);
  keeper.resume();
  await vi.advanceTimersByTimeAsync(1000);
  expect([asked.length, alive(), stored.size]).toEqual([2, 0, 1]);
});

test("a worker that fails or takes forever leaves nothing behind, and is not tried again", async () => {
  const { keeper, asked, stored, alive } = start(new Error("no"), never);
  for (const tries of [1, 2]) {
    keeper.ran("w1", packages);
    await vi.advanceTimersByTimeAsync(200_000);
    keeper.pause();
    keeper.resume();
    await vi.advanceTimersByTimeAsync(200_000);
    expect([asked.length, alive(), stored.size]).toEqual([tries, 0, 0]);
  }
});

test("a snapshot that is too large is not stored", async () => {
  const memory = new Blob(["m"]);
  Object.defineProperty(memory, "size", { value: 2 ** 30 });
  const { keeper, stored } = start({
    kind: "kept",
    content: { memory, files: new Blob([]), packages: lock },
  });
  keeper.ran("w1", packages);
  await vi.advanceTimersByTimeAsync(1000);
  expect(stored.get("w1")?.content).toBeNull();
});
