import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { OutputBatch } from "../messages.ts";
import { createOutputFlow } from "../shared/output-flow.ts";
import { openPending } from "../shared/pending-output.ts";
import { createOutput } from "./output.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const bytes = (text: string) => new TextEncoder().encode(text);

const outputTo = (send: (batch: OutputBatch) => void) =>
  createOutput(send, createOutputFlow(null), openPending(null), () => {});

function collect() {
  const sent: { stream: string; text: string }[] = [];
  const output = outputTo(({ bytes: batch, stretches }) => {
    let begin = 0;
    for (const [index, length] of stretches.entries()) {
      const text = new TextDecoder().decode(new Uint8Array(batch, begin, length));
      if (text) sent.push({ stream: index % 2 === 0 ? "stdout" : "stderr", text });
      begin += length;
    }
    expect(begin).toBe(batch.byteLength);
  });
  return { sent, stdout: output.handler("stdout"), stderr: output.handler("stderr"), output };
}

it("sends the first lines at once", () => {
  const { sent, stdout } = collect();
  expect(stdout.write(bytes("one\n"))).toBe(4);
  stdout.write(bytes("two\n"));
  expect(sent.map(({ text }) => text)).toEqual(["one\n", "two\n"]);
});

it("batches a flood, loses nothing and keeps the order", () => {
  const { sent, stdout, output } = collect();
  const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}\n`);
  for (const line of lines) stdout.write(bytes(line));
  output.flush();
  expect(sent.map(({ text }) => text).join("")).toBe(lines.join(""));
  expect(sent.length).toBeLessThan(lines.length / 50);
});

it("sends what is batched by a timer when Python waits", () => {
  const { sent, stdout } = collect();
  for (let i = 0; i < 60; i++) stdout.write(bytes("x"));
  const before = sent.map(({ text }) => text).join("").length;
  expect(before).toBeLessThan(60);
  vi.advanceTimersByTime(20);
  expect(sent.map(({ text }) => text).join("").length).toBe(60);
});

it("keeps the order of the two streams and passes writes larger than its buffer", () => {
  const { sent, stdout, stderr, output } = collect();
  for (let i = 0; i < 60; i++) stdout.write(bytes("."));
  stderr.write(bytes("error\n"));
  const big = "b".repeat(200_000);
  stdout.write(bytes(big));
  output.flush();
  const order = sent.map(({ stream }) => stream);
  expect(order.lastIndexOf("stderr")).toBe(order.indexOf("stderr"));
  expect(
    sent
      .slice(0, order.indexOf("stderr"))
      .map(({ text }) => text)
      .join(""),
  ).toBe(".".repeat(60));
  expect(
    sent
      .slice(order.indexOf("stderr") + 1)
      .map(({ text }) => text)
      .join(""),
  ).toBe(big);
});

it("keeps the order of streams that take turns, in few batches", () => {
  let batches = 0;
  let told = "";
  const output = outputTo(({ bytes: batch, stretches }) => {
    batches++;
    let begin = 0;
    for (const [index, length] of stretches.entries()) {
      const text = new TextDecoder().decode(new Uint8Array(batch, begin, length));
      expect(text).toMatch(index % 2 === 0 ? /^o*$/ : /^e*$/);
      told += text;
      begin += length;
    }
  });
  for (let i = 0; i < 10_000; i++) {
    output.handler("stderr").write(bytes("e"));
    output.handler("stdout").write(bytes("oo"));
  }
  output.flush();
  expect(told).toBe("eoo".repeat(10_000));
  expect(batches).toBeLessThan(200);
});
