import { expect, test } from "vitest";
import { MAX_KEY, MAX_VALUE } from "../../datastores/limits.ts";
import python from "../python/runnel/datastore.py?raw";
import { readOutcome, readStoreRequest, readWorkerMessage } from "./worker-messages.ts";

const bytes = new ArrayBuffer(1);
const stretches = Uint32Array.of(1);
const succeeded = { status: "success", exit: null, wait: null };
const waiting = (wait: unknown) => JSON.stringify({ ...succeeded, wait });
const failed = {
  status: "failed",
  error: { code: "E", type: "E", message: "m", line: 1, column: null, traceback: "", hint: null },
};

test("our own messages are taken, with their own fields only", () => {
  const output = { type: "output", number: 0, bytes, stretches, at: 1 } as const;
  expect(readWorkerMessage({ ...output, more: 1 })).toStrictEqual(output);
  expect(readWorkerMessage({ type: "running", id: 7 })).toEqual({ type: "running", id: 7 });
  expect(readWorkerMessage({ type: "crashed", message: "x".repeat(1e6) })).toMatchObject({
    message: expect.stringMatching(/^x{307200}$/),
  });
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["a text", "done"],
  ["a list", ["done"]],
  ["no type", { id: 7 }],
  ["an unknown type", { type: "hello" }],
  ["the name of an object's method", { type: "toString" }],
  ["a type that is an object", { type: { toString: () => "done" } }],
  ["an id that is a text", { type: "running", id: "7" }],
  ["an id that is no number", { type: "running", id: Number.NaN }],
  ["a version that is a document", { type: "ready", pythonVersion: { html: "<b>" } }],
  ["a phase without text", { type: "phase" }],
  ["exports that are no bytes", { type: "exports", bytes: { byteLength: 1 }, kept: true }],
  ["exports beyond all limits", { type: "exports", bytes: new ArrayBuffer(34 * 1024 * 1024), kept: true }],
  ["something shown that is no bytes", { type: "display", head: "{}", parts: ["text"] }],
  [
    "something shown in too many parts",
    { type: "display", head: "{}", parts: Array(201).fill(new ArrayBuffer(0)) },
  ],
  ["packages that are a list", { type: "locked", json: [] }],
  ["an outcome that is an object", { type: "done", id: 1, outcome: { status: "success" }, heapBytes: 1 }],
  ["output that is a text", { type: "output", number: 0, bytes: "a", stretches, at: 1 }],
  ["stretches that are a list", { type: "output", number: 0, bytes, stretches: [1], at: 1 }],
  ["output without a time", { type: "output", number: 0, bytes, stretches }],
])("%s is no message", (_name, data) => {
  expect(readWorkerMessage(data)).toBeNull();
});

test("an outcome is taken with its own fields only", () => {
  expect(readOutcome('{"status":"success","exit":{"reason":"r"},"wait":null,"error":1}')).toStrictEqual({
    status: "success",
    exit: { reason: "r" },
    wait: null,
  });
  const rerun = { kind: "rerun", ms: 5, context: '{"a": 1}', maxRetries: 3 };
  expect(readOutcome(JSON.stringify({ ...succeeded, wait: { ...rerun, more: 1 } }))).toStrictEqual({
    ...succeeded,
    wait: rerun,
  });
  const denied = { ...failed, error: { ...failed.error, denied: { host: "a.example", port: 1 } } };
  expect(readOutcome(JSON.stringify(denied))).toStrictEqual(failed);
});

test.each([
  ["no JSON", "{"],
  ["null", "null"],
  ["a text", '"success"'],
  ["an unknown status", '{"status":"running"}'],
  ["success without exit", '{"status":"success"}'],
  ["an exit without reason", '{"status":"success","exit":{},"wait":null}'],
  ["an unknown wait", waiting({ kind: "forever", ms: 1 })],
  ["a wait that ends before it begins", waiting({ kind: "delay", ms: -1 })],
  ["a wait of more than a year", waiting({ kind: "suspend", ms: 31_536_000_001 })],
  ["a context that is no JSON", waiting({ kind: "rerun", ms: 1, context: "{", maxRetries: 1 })],
  ["failure without error", '{"status":"failed"}'],
  ["an error without message", '{"status":"failed","error":{"code":"E"}}'],
  ["a line that is a text", JSON.stringify({ ...failed, error: { ...failed.error, line: "1" } })],
])("%s is no outcome", (_name, text) => {
  expect(readOutcome(text)).toBeNull();
});

test("keys of prototypes pollute nothing", () => {
  const poison = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
  expect(readOutcome(`${poison}"status":"stopped"}`)).toStrictEqual({ status: "stopped" });
  expect(readWorkerMessage(JSON.parse(`${poison}"type":"running","id":1}`))).toStrictEqual({
    type: "running",
    id: 1,
  });
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

const counts = { number: 1, failures: 0 };

test("requests of a data store are taken, with their own fields only", () => {
  const set = { ...counts, op: "set", key: "a", json: '{"n":1}', ttl: null };
  expect(readStoreRequest(JSON.stringify({ ...set, store: "other", name: "other" }))).toStrictEqual(set);
  const keys = { ...counts, op: "keys", after: null, limit: 10 };
  expect(readStoreRequest(JSON.stringify(keys))).toEqual(keys);
});

test.each<[string, unknown]>([
  ["an unknown operation", { ...counts, op: "rename", key: "a" }],
  ["the name of an object's method", { ...counts, op: "constructor" }],
  ["no number", { failures: 0, op: "clear" }],
  ["a key that is no text", { ...counts, op: "get", key: ["a"] }],
  ["an empty key", { ...counts, op: "get", key: "" }],
  ["a key that is too long", { ...counts, op: "get", key: "x".repeat(1025) }],
  ["a value that is no JSON", { ...counts, op: "set", key: "a", json: "{", ttl: null }],
  [
    "a value that is too long",
    { ...counts, op: "set", key: "a", json: `"${"x".repeat(2 ** 22)}"`, ttl: null },
  ],
  ["a negative ttl", { ...counts, op: "set", key: "a", json: "1", ttl: -1 }],
  ["a page without end", { ...counts, op: "items", after: null, limit: 1e9 }],
])("%s is no request of a data store", (_, request) => {
  expect(readStoreRequest(JSON.stringify(request))).toBeNull();
});

test("pages, runtime and Python have the same limits of a record", () => {
  const fits = (keyLength: number, valueLength: number) =>
    readStoreRequest(
      JSON.stringify({
        ...counts,
        op: "set",
        key: "k".repeat(keyLength),
        json: "1".repeat(valueLength),
        ttl: null,
      }),
    ) !== null;
  expect(fits(MAX_KEY, MAX_VALUE)).toBe(true);
  expect(fits(MAX_KEY + 1, 1)).toBe(false);
  expect(fits(1, MAX_VALUE + 1)).toBe(false);
  expect(python).toContain(`KEY_LIMIT = ${MAX_KEY}\n`);
  expect(python).toContain(`VALUE_LIMIT = ${MAX_VALUE / 2 ** 20} * 1024 * 1024\n`);
});
