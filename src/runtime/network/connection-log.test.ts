import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConnectionRecord } from "../protocol.ts";
import { createConnectionLog } from "./connection-log.ts";

let records: ConnectionRecord[];
const target = { host: "api.example", port: 443, tls: false };
const log = () => createConnectionLog((record) => records.push(record));

beforeEach(() => {
  records = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("bytes are reported in batches, states and the end at once", () => {
  const entry = log().open(target);
  entry.update({ state: "open" });
  expect(records.map(({ state }) => state)).toEqual(["connecting", "open"]);
  for (let i = 0; i < 1000; i++) entry.count(1, 2);
  expect(records).toHaveLength(2);
  vi.advanceTimersByTime(60);
  expect(records).toHaveLength(3);
  expect(records.at(-1)).toMatchObject({ bytesOut: 1000, bytesIn: 2000 });
  entry.count(5, 0);
  entry.end("closed");
  expect(records.at(-1)).toMatchObject({ state: "closed", bytesOut: 1005 });
  vi.runAllTimers();
  entry.count(1, 1);
  vi.runAllTimers();
  expect(records).toHaveLength(4);
});

test("records are not changed afterwards", () => {
  const entry = log().open(target);
  entry.sent(new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"));
  vi.runAllTimers();
  const before = structuredClone(records);
  entry.received(new TextEncoder().encode("HTTP/1.1 204 None\r\n\r\n"));
  entry.end("closed");
  expect(records.slice(0, before.length)).toEqual(before);
  expect(records.at(-1)?.exchanges).toMatchObject([{ status: 204 }]);
});

test("connections of an earlier step are not reported any more", () => {
  const connections = log();
  const entry = connections.open(target);
  connections.beginStep();
  const before = records.length;
  entry.update({ state: "open" });
  entry.end("closed");
  vi.runAllTimers();
  expect(records).toHaveLength(before);
});

test("the end of a step is the end of its connections, once", () => {
  const connections = log();
  const entry = connections.open(target);
  connections.open(target).end("failed", "no");
  connections.endStep();
  entry.end("failed", "later");
  expect(records.map(({ id, state }) => `${id} ${state}`)).toEqual([
    "1 connecting",
    "2 connecting",
    "2 failed",
    "1 closed",
  ]);
});

test("a step with very many connections is not reported whole", () => {
  const connections = log();
  for (let i = 0; i < 5000; i++) connections.open(target).end("closed");
  expect(new Set(records.map(({ id }) => id)).size).toBe(2000);
  connections.beginStep();
  connections.open(target);
  expect(records.at(-1)?.id).toBe(5001);
});
