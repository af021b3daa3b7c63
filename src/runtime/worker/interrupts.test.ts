// @vitest-environment node
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { KEYBOARD_INTERRUPT } from "../shared/ring.ts";
import { hookSignals } from "./interrupts.ts";

const NAME = "_Py_CheckEmscriptenSignals_Helper";
const ROUNDS = 2000;

/** Raises the flag time and again, each time once the last one was taken. Int 1 counts what it raised, int 2 what was taken. */
const raising = `
const fields = new Int32Array(require("node:worker_threads").workerData);
const flag = new Uint8Array(fields.buffer, 0, 1);
for (let round = 1; round <= ${ROUNDS}; round++) {
  flag[0] = ${KEYBOARD_INTERRUPT};
  Atomics.store(fields, 1, round);
  while (Atomics.load(fields, 2) < round);
}`;

test("no interrupt is lost, whenever it comes while Python looks", async () => {
  const memory = new SharedArrayBuffer(16);
  const fields = new Int32Array(memory);
  const imports = { env: { [NAME]: () => 0 } };
  const hook = hookSignals(imports);
  const look = imports.env[NAME] ?? (() => Number.NaN);
  expect(look()).toBe(0);
  hook.flag = new Uint8Array(memory, 0, 1);

  const other = new Worker(raising, { eval: true, workerData: memory });
  let taken = 0;
  let lost = 0;
  while (taken + lost < ROUNDS) {
    const raised = Atomics.load(fields, 1);
    const signal = look();
    if (signal === KEYBOARD_INTERRUPT) taken += 1;
    // It was there before this look, which has not found it.
    else if (raised > taken + lost) lost += 1;
    Atomics.store(fields, 2, taken + lost);
  }
  await other.terminate();
  expect(lost).toBe(0);
});

test("another Pyodide fails at once, not when somebody presses Stop", () => {
  expect(() => hookSignals({ env: {} })).toThrow("another version");
});
