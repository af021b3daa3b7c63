// @vitest-environment node
import { expect, test } from "vitest";
import type { DataStoreChange } from "../../lib/data-store-change.ts";
import type { StoreReply, StoreRequest } from "../messages.ts";
import { decodeFrame } from "../network/frames.ts";
import type { StepDataStore } from "../protocol.ts";
import { createStepStore } from "./step-data-store.ts";

/** A store in a map that is as slow as a storage, and what the worker is told. `fails`: whether a change can't be stored. */
function start(fails: (change: DataStoreChange) => boolean = () => false) {
  const records = new Map<string, string>();
  const writes: string[][] = [];
  const later = () => new Promise((resolve) => setTimeout(resolve, 1));
  const store: StepDataStore = {
    name: "customers",
    get: async (key) => {
      await later();
      return records.get(key) ?? null;
    },
    count: async () => records.size,
    keys: async () => [...records.keys()],
    items: async () => ({ items: [...records], next: null }),
    setExpiry: async (key) => records.has(key),
    async write(changes) {
      await later();
      if (changes.some(fails)) throw new Error("The storage is full.");
      writes.push(changes.map((change) => (change.kind === "clear" ? "clear" : change.key)));
      for (const change of changes) {
        if (change.kind === "clear") records.clear();
        else if (change.kind === "delete") records.delete(change.key);
        else records.set(change.key, change.json);
      }
    },
  };
  const told: StoreReply[] = [];
  const steps = new Set<number>();
  const stepStore = createStepStore(store, 7, (raw) => {
    const frame = decodeFrame(raw);
    if (frame?.kind !== "store-reply") throw new Error("another frame");
    steps.add(frame.channel);
    told.push(JSON.parse(frame.text));
  });
  let number = 0;
  const ask = (request: Record<string, unknown>, failures = 0) => {
    number += 1;
    return stepStore.take({ number, failures, ...request } as StoreRequest, 10);
  };
  const set = (key: string, json = "1", failures = 0) => ask({ op: "set", key, json, ttl: null }, failures);
  return { records, writes, told, steps, ask, set, settled: stepStore.settled };
}

test("changes go together, in their order; a read sees those before it and none after", async () => {
  const { records, writes, told, steps, ask, set, settled } = start();
  set("a", "1");
  set("b", "1");
  ask({ op: "delete", key: "a" });
  ask({ op: "get", key: "a" });
  ask({ op: "get", key: "b" });
  set("b", "2");
  ask({ op: "count" });
  await settled();
  expect(told).toEqual([
    { number: 1, failures: 0 },
    { number: 3, failures: 0 },
    { number: 4, failures: 0, answer: null },
    { number: 5, failures: 0, answer: "1" },
    { number: 6, failures: 0 },
    { number: 7, failures: 0, answer: 1 },
  ]);
  expect(writes).toEqual([["a"], ["b", "a"], ["b"]]);
  expect([...steps]).toEqual([7]);
  expect([...records]).toEqual([["b", "2"]]);
});

test("after a change that fails nothing is done until Python knows of it", async () => {
  const { records, told, ask, set, settled } = start(
    (change) => change.kind === "set" && change.key === "full",
  );
  set("first");
  set("a");
  set("full");
  set("b");
  ask({ op: "get", key: "a" });
  set("c");
  await settled();
  expect([...records.keys()]).toEqual(["first", "a"]);
  expect(told.map(({ number, failures, error }) => [number, failures, error?.slice(0, 26)])).toEqual([
    [1, 0, undefined],
    [4, 1, '"full" could not be stored'],
    [5, 1, "A change before this one c"],
    [6, 1, "A change before this one c"],
  ]);
  set("d", "1", 1);
  await settled();
  expect(told.at(-1)).toEqual({ number: 7, failures: 1 });
  expect([...records.keys()]).toEqual(["first", "a", "d"]);
});

test("more requests at once than a step of ours sends are refused", async () => {
  const { set, settled } = start();
  expect(Array.from({ length: 1500 }, (_, n) => set(String(n))).every(Boolean)).toBe(true);
  expect(Array.from({ length: 1500 }, (_, n) => set(String(n))).every(Boolean)).toBe(false);
  await settled();
});
