// @vitest-environment node
import { expect, test } from "vitest";
import type { OutputBatch } from "../messages.ts";
import { createOutput } from "../worker/output.ts";
import { createOutputFlow } from "./output-flow.ts";
import { createPendingMemory, openPending, readPending } from "./pending-output.ts";

const text = (batch: OutputBatch | null) => batch && new TextDecoder().decode(batch.bytes);

/** A worker's output that no timer ever sends, as where Python is busy. */
function busyWorker() {
  const memory = createPendingMemory();
  const sent: OutputBatch[] = [];
  const told: number[] = [];
  const output = createOutput(
    (batch) => sent.push(batch),
    createOutputFlow(null),
    openPending(memory),
    (batch) => told.push(batch),
  );
  const write = (stream: "stdout" | "stderr", line: string) =>
    output.handler(stream).write(new TextEncoder().encode(line));
  return { memory, sent, told, write, output };
}

test("what is gathered and not sent can be read from outside, and is told once", () => {
  const { memory, sent, told, write, output } = busyWorker();
  for (let line = 0; line < 100; line++) write(line % 10 === 0 ? "stderr" : "stdout", `line ${line}\n`);
  const pending = readPending(memory);
  expect(sent.map(text).join("") + text(pending)).toMatch(/^line 0\nline 1\n.*\nline 99\n$/s);
  expect(pending?.number).toBe(sent.length);
  expect(told.at(-1)).toBe(sent.length);
  expect(new Set(told).size).toBe(told.length);
  const stretches = [...(pending?.stretches ?? [])];
  expect(stretches.reduce((sum, length) => sum + length, 0)).toBe(pending?.bytes.byteLength);
  output.flush();
  expect(sent.at(-1)).toMatchObject({ number: pending?.number, bytes: pending?.bytes });
  expect(sent.map(({ number }) => number)).toEqual([...sent.keys()]);
});

test("once it was sent, nothing is pending", () => {
  const { memory, sent, write, output } = busyWorker();
  for (let line = 0; line < 60; line++) write("stdout", "x\n");
  output.flush();
  expect(readPending(memory)).toMatchObject({ number: sent.length, stretches: Uint32Array.of(0) });
  expect(text(readPending(memory))).toBe("");
});

test("numbers of a worker that has gone wild stay within the memory", () => {
  const { memory } = busyWorker();
  new Int32Array(memory, 0, 4).fill(2 ** 31 - 1);
  expect(readPending(memory)?.bytes.byteLength).toBe(64 * 1024);
});
