// @vitest-environment node
import { expect, test } from "vitest";
import type { WorkerToPage } from "../messages.ts";
import type { StepDataStore } from "../protocol.ts";
import { ended, locked, noNetwork, reported, start, stepOf, success } from "./testing.ts";

const said = (type: "installed" | "locked", packages: unknown): WorkerToPage => ({
  type,
  json: JSON.stringify(packages),
});

test("what was installed and locked is reported, and another file of it is told apart", async () => {
  const worker = start();
  const packages = [locked("1")];
  expect(await reported(worker, said("installed", packages), said("locked", packages))).toEqual([
    { type: "installed", packages },
    { type: "locked", packages },
  ]);
  expect(worker.handle.differsFrom([locked("1")])).toBe(false);
  expect(worker.handle.differsFrom([locked("2")])).toBe(true);
  expect(worker.handle.differsFrom([])).toBe(false);
});

test("a step's own code can't lock packages", async () => {
  const worker = start();
  expect(await reported(worker, { type: "running", id: 7 }, said("locked", [locked("1")]))).toEqual([
    { type: "phase", text: "" },
  ]);
});

test.each([
  ["no JSON", "{"],
  ["no list", "{}"],
  ["a file elsewhere", JSON.stringify([{ ...locked("1"), filename: "../../secret" }])],
  ["a package twice", JSON.stringify([locked("1"), locked("2")])],
])("%s is not passed on", async (_, json) => {
  expect(await reported(start(), { type: "locked", json })).toEqual([]);
});

test("exports go back to the worker that keeps them by their step, others as text", async () => {
  const worker = start();
  const bytes = (json: string) => new TextEncoder().encode(json).buffer;
  const events = await reported(worker, { type: "exports", bytes: bytes('{"x":"ü"}'), kept: true });
  expect(events).toEqual([{ type: "exports", json: '{"x":"ü"}' }]);
  const steps = [
    { name: "trigger", json: '{"event":null}' },
    { name: "a", json: '{"x":"ü"}' },
    { name: "masked", json: '{"x":"⟦s⟧"}' },
  ];
  const request = () => worker.asked.findLast((message) => message.type === "step")?.step.steps;
  void stepOf(worker.handle, [], steps);
  await expect.poll(request).toEqual([
    { name: "trigger", bytes: bytes('{"event":null}') },
    { name: "a", kept: 7 },
    { name: "masked", bytes: bytes('{"x":"⟦s⟧"}') },
  ]);

  worker.say(ended());
  await expect.poll(() => worker.handle.busy).toBe(false);
  worker.handle.beginRun(noNetwork, { steps: [], lock: [] });
  void stepOf(worker.handle, [], steps.slice(1, 2));
  await expect.poll(request).toEqual([{ name: "a", bytes: bytes('{"x":"ü"}') }]);
});

function memoryStore() {
  const keys: string[] = [];
  const store: StepDataStore = {
    name: "customers",
    get: async () => "5",
    count: async () => keys.length,
    keys: async () => keys,
    items: async () => ({ items: [], next: null }),
    setExpiry: async () => false,
    async write(changes) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      keys.push(...changes.map((change) => (change.kind === "clear" ? "" : change.key)));
    },
  };
  return { keys, store };
}

const storing = (key: string, id = 7): WorkerToPage => ({
  type: "data-store",
  id,
  request: JSON.stringify({ number: 1, failures: 0, op: "set", key, json: "1", ttl: null }),
});

test("what a step has written is stored before its end is told, whichever store its messages name", async () => {
  const worker = start();
  const { keys, store } = memoryStore();
  const done = stepOf(worker.handle, [], [], store);
  worker.say(storing("of another step", 6));
  worker.say(storing("a"));
  worker.say(ended());
  expect(await done).toEqual(success);
  expect(keys).toEqual(["a"]);
  expect(worker.told).toMatchObject([{ kind: "store-reply", channel: 7 }]);
  expect(
    worker.asked.map((message) => (message.type === "step" ? message.step.request.dataStore : null)),
  ).toEqual(["customers"]);
});

test("a worker that is killed loses nothing that it had sent to its store", async () => {
  const worker = start();
  const { keys, store } = memoryStore();
  const done = stepOf(worker.handle, [], [], store);
  worker.say(storing("a"));
  worker.handle.kill();
  expect(await done).toEqual({ status: "stopped" });
  expect(keys).toEqual(["a"]);
});

test("a step without a data store reaches none, and ends when it insists", async () => {
  const worker = start();
  const done = stepOf(worker.handle, []);
  for (let n = 0; n < 150; n += 1) worker.say(storing("a"));
  expect(await done).toMatchObject({ status: "failed", error: { code: "RuntimeCrashed" } });
  expect(worker.told).toEqual([]);
});
