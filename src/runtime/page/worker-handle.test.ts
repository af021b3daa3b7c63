// @vitest-environment node
import { expect, test } from "vitest";
import type { StepEvent } from "../protocol.ts";
import { OUTPUT_TOLD_EVERY, outputCost } from "../shared/output-flow.ts";
import { batch, ended, locked, noNetwork, reported, start, stepOf } from "./testing.ts";

test("what it started from counts as installed", () => {
  const { handle } = start(null, { memory: new Blob(["m"]), files: new Blob([]), packages: [locked("1")] });
  expect(handle.differsFrom([locked("1")])).toBe(false);
  expect(handle.differsFrom([locked("2")])).toBe(true);
  expect(handle.differsFrom([])).toBe(true);
});

test("a run begins with the workflow's packages; installing all is no step", async () => {
  const { handle, asked, say } = start();
  const packages = { steps: [{ name: "a", code: "import idna", enabled: true }], lock: [locked("1")] };
  handle.beginRun(noNetwork, packages);
  const done = handle.installAll(() => {});
  say(ended());
  await done;
  await expect
    .poll(() => asked)
    .toEqual([
      { type: "begin-run", packagesJson: JSON.stringify(packages) },
      { type: "install", id: 7 },
    ]);
});

test("output of both streams comes in its order, characters in one piece; the worker hears what was taken", async () => {
  const worker = start();
  let number = 0;
  const output = (text: string, ...stretches: number[]) => ({
    type: "output" as const,
    ...batch(number++, text, stretches),
  });
  const inHalves = (byte: number) => ({ ...output("", 1), bytes: Uint8Array.of(byte).buffer });
  const events = await reported(
    worker,
    output("ab!!c", 2, 2, 1),
    inHalves(0xc3),
    output("?", 0, 1),
    inHalves(0xa9),
  );
  expect(events).toEqual([
    { type: "output", stream: "stdout", text: "ab", at: 1 },
    { type: "output", stream: "stderr", text: "!!", at: 1 },
    { type: "output", stream: "stdout", text: "c", at: 1 },
    { type: "output", stream: "stderr", text: "?", at: 1 },
    { type: "output", stream: "stdout", text: "é", at: 1 },
  ]);
  expect(worker.taken).toEqual([]);
  const before = outputCost(5) + 3 * outputCost(1);
  await reported(worker, output("x".repeat(OUTPUT_TOLD_EVERY), OUTPUT_TOLD_EVERY));
  expect(worker.taken).toEqual([before + outputCost(OUTPUT_TOLD_EVERY)]);
});

test("what a killed worker had printed and not sent is shown, after what it had sent", async () => {
  const { handle, say, deaths } = start(batch(1, "last words"));
  say({ type: "ready", pythonVersion: "3", times: {} });
  await handle.ready;
  const events: StepEvent[] = [];
  const done = stepOf(handle, events);
  say({ type: "output", ...batch(0, "started") });
  handle.kill();
  expect(await done).toEqual({ status: "stopped" });
  expect(events).toMatchObject([{ text: "started" }, { text: "last words" }]);
  expect(handle).toMatchObject({ dead: true, busy: false });
  expect(deaths).toHaveLength(1);
});

test("a worker that never came up is not replaced by another such at once", async () => {
  const { handle, say, deaths } = start();
  say({ type: "boot-failed", message: "no memory" });
  await expect(handle.ready).rejects.toThrow("no memory");
  expect(handle.dead).toBe(true);
  expect(deaths).toHaveLength(0);
});

test("an interpreter that has grown large is known for it once its step is over", async () => {
  const { handle, say } = start();
  const done = stepOf(handle, []);
  expect(handle.bloated).toBe(false);
  say(ended({ status: "stopped" }, 2 ** 31));
  await done;
  expect(handle.bloated).toBe(true);
});

test("a worker that is gone fails its step, and is not waited for", async () => {
  const worker = start();
  const done = stepOf(worker.handle, []);
  worker.handle.lost();
  expect(await done).toMatchObject({ status: "failed", error: { code: "RuntimeCrashed" } });
  expect(worker.handle.dead).toBe(true);
});
