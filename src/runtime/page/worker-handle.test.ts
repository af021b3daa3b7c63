// @vitest-environment node
import { afterEach, describe, expect, test } from "vitest";
import type { LockedPackage } from "../../lib/locked-package.ts";
import type { OutputBatch, PageToWorker, WorkerToPage } from "../messages.ts";
import { decodeFrame } from "../network/frames.ts";
import { createGatewayClient } from "../network/index.ts";
import type { GivenExports, RunNetwork, StepDataStore, StepEvent } from "../protocol.ts";
import { OUTPUT_TOLD_EVERY, outputCost } from "../shared/output-flow.ts";
import type { KeptPython } from "./kept-workflows.ts";
import { createWorkerHandle, type WorkerHandle } from "./worker-handle.ts";

const heapBytes = 50 * 2 ** 20;
const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

const locked = (version: string): LockedPackage => ({
  name: "idna",
  version,
  sha256: version.padEnd(64, "0"),
  filename: `idna-${version}-py3-none-any.whl`,
  source: "index",
  asked: ["idna"],
  requires: [],
});

/** A handle, and the end of it that is the worker's. `unsent`: what it has not sent when it is killed. */
function start(unsent: OutputBatch | null = null, from?: KeptPython) {
  const deaths: number[] = [];
  let control: MessagePort | null = null;
  const networks: RunNetwork[] = [];
  const taken: number[] = [];
  const told: unknown[] = [];
  const channel = () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    return port2;
  };
  const handle = createWorkerHandle({
    id: 1,
    client: createGatewayClient({ origin: "http://runnel.test", token: "" }),
    createNetwork: (deps) => {
      networks.push(deps.permitted);
      return {
        socketPort: channel(),
        fetchPort: channel(),
        beginStep() {},
        settled: async () => {},
        endStep() {},
        tellWorker: (frame) => void told.push(decodeFrame(frame)),
        close() {},
      };
    },
    sandbox: {
      initialise: async () => {},
      remove() {},
      spawn: (_id, ports) => {
        control = ports[0];
      },
      interrupt() {},
      outputTaken: (_id, total) => void taken.push(total),
      kill: async () => unsent,
    },
    nextStepId: () => 7,
    onDeath: () => void deaths.push(1),
    from,
  });
  if (!control) throw new Error("The handle made no worker.");
  const worker: MessagePort = control;
  open.push(worker);
  const asked: PageToWorker[] = [];
  worker.onmessage = ({ data }: MessageEvent<PageToWorker>) => {
    asked.push(data);
  };
  return {
    handle,
    asked,
    taken,
    told,
    deaths,
    permitted: networks[0],
    end: () => worker.close(),
    say: (message: WorkerToPage) => worker.postMessage(message),
  };
}

/** Runs a step in which the worker says these things; gives what was reported. */
async function reported(
  { handle, say }: ReturnType<typeof start>,
  ...messages: readonly WorkerToPage[]
): Promise<StepEvent[]> {
  const events: StepEvent[] = [];
  const done = stepOf(handle, events);
  for (const message of messages) say(message);
  say({ type: "done", id: 7, outcome: '{"status":"success","exit":null,"wait":null}', heapBytes });
  expect(await done).toEqual({ status: "success", exit: null, wait: null });
  return events;
}

function stepOf(
  handle: WorkerHandle,
  events: StepEvent[],
  steps: readonly GivenExports[] = [],
  dataStore: StepDataStore | null = null,
) {
  const request = { name: "a", code: "", isFollowed: false, steps, inputs: {}, unconnected: [], env: {} };
  const flow = { urls: { resume_url: "", cancel_url: "" }, run: { runs: 1, context: null } };
  const whole = { ...request, dataStore, flow, timeLimitMs: 60_000 };
  return handle.step(whole, (event) => void events.push(event));
}

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

test("what it started from counts as installed", () => {
  const { handle } = start(null, { memory: new Blob(["m"]), files: new Blob([]), packages: [locked("1")] });
  expect(handle.differsFrom([locked("1")])).toBe(false);
  expect(handle.differsFrom([locked("2")])).toBe(true);
  expect(handle.differsFrom([])).toBe(true);
});

test("output of both streams comes in its order, characters in one piece; the worker hears what was taken", async () => {
  const worker = start();
  let number = 0;
  const output = (text: string, ...stretches: number[]): WorkerToPage => ({
    type: "output",
    number: number++,
    bytes: new TextEncoder().encode(text).buffer,
    stretches: Uint32Array.from(stretches),
    at: 1,
  });
  const inHalves = (byte: number): WorkerToPage => ({
    ...(output("") as Extract<WorkerToPage, { type: "output" }>),
    bytes: Uint8Array.of(byte).buffer,
    stretches: Uint32Array.of(1),
  });
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

test("nonsense from the sandbox instead of output is passed over", async () => {
  const bytes = new ArrayBuffer(4);
  const events = await reported(
    start(),
    { type: "output", number: 0, bytes, stretches: [4], at: 1 } as unknown as WorkerToPage,
    { type: "output" } as unknown as WorkerToPage,
    { type: "output", number: 0, bytes, stretches: Uint32Array.of(2, 1e9, 1e9), at: 1 },
  );
  expect(events.map((event) => event.type === "output" && event.text)).toEqual(["\0\0", "\0\0"]);
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

  worker.say({ type: "done", id: 7, outcome: '{"status":"success","exit":null,"wait":null}', heapBytes: 0 });
  await expect.poll(() => worker.handle.busy).toBe(false);
  const network: RunNetwork = { judge: () => "deny", ask: async () => "deny", reached() {}, secrets: [] };
  worker.handle.beginRun(network, { steps: [], lock: [] });
  void stepOf(worker.handle, [], steps.slice(1, 2));
  await expect.poll(request).toEqual([{ name: "a", bytes: bytes('{"x":"ü"}') }]);
});

test("a step's own code can't lock packages", async () => {
  const worker = start();
  expect(await reported(worker, { type: "running", id: 7 }, said("locked", [locked("1")]))).toEqual([]);
});

test.each([
  ["no JSON", "{"],
  ["no list", "{}"],
  ["a file elsewhere", JSON.stringify([{ ...locked("1"), filename: "../../secret" }])],
  ["a package twice", JSON.stringify([locked("1"), locked("2")])],
])("%s is not passed on", async (_, json) => {
  expect(await reported(start(), { type: "locked", json })).toEqual([]);
});

test("a run begins with the workflow's packages; installing all is no step", async () => {
  const { handle, asked, say } = start();
  const packages = { steps: [{ name: "a", code: "import idna", enabled: true }], lock: [locked("1")] };
  handle.beginRun({ judge: () => "deny", ask: async () => "deny", reached() {}, secrets: [] }, packages);
  const done = handle.installAll(() => {});
  say({ type: "done", id: 7, outcome: '{"status":"success","exit":null,"wait":null}', heapBytes });
  await done;
  await expect
    .poll(() => asked)
    .toEqual([
      { type: "begin-run", packagesJson: JSON.stringify(packages) },
      { type: "install", id: 7 },
    ]);
});

function batch(number: number, text: string): OutputBatch {
  const bytes = new TextEncoder().encode(text);
  return { number, bytes: bytes.buffer, stretches: Uint32Array.of(bytes.length), at: 1 };
}

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
  say({ type: "done", id: 7, outcome: '{"status":"stopped"}', heapBytes: 2 ** 31 });
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

describe("a step's code that has the port", () => {
  const junk = [
    null,
    "done",
    { type: "done" },
    { type: "locked", json: {} },
    { type: "exports", json: 1 },
    [],
  ];

  test("says nothing by junk, and ends its Python by a hundred pieces of it", async () => {
    const worker = start();
    expect(await reported(worker, ...(junk as unknown as WorkerToPage[]))).toEqual([]);
    const done = stepOf(worker.handle, []);
    for (let index = 0; index < 100; index++) worker.say(null as unknown as WorkerToPage);
    expect(await done).toMatchObject({ status: "failed", error: { code: "RuntimeCrashed" } });
    expect(worker.handle.dead).toBe(true);
  });

  test("ends its Python by a flood of messages", async () => {
    const worker = start();
    const events: StepEvent[] = [];
    const done = stepOf(worker.handle, events);
    for (let index = 0; index < 20_000; index++) worker.say({ type: "phase", text: "x" });
    expect(await done).toMatchObject({ status: "failed", error: { message: /no step may send/ } });
    expect(events.length).toBeLessThan(20_000);
  });

  test("reaches nothing between the steps", async () => {
    const worker = start();
    const { handle, permitted } = worker;
    const question = { kind: "host", host: "a", port: 1, address: null, range: "public" } as const;
    handle.beginRun(
      { judge: () => "allow", ask: async () => "allow", reached() {}, secrets: [] },
      { steps: [], lock: [] },
    );
    const may = async () => [permitted?.judge("a", 1), await permitted?.ask(question)];
    expect(await may()).toEqual(["deny", "deny"]);
    const done = stepOf(handle, []);
    expect(await may()).toEqual(["allow", "allow"]);
    worker.say({ type: "done", id: 7, outcome: '{"status":"stopped"}', heapBytes });
    await done;
    expect(await may()).toEqual(["deny", "deny"]);
  });

  test("is believed no outcome that is none", async () => {
    const worker = start();
    const done = stepOf(worker.handle, []);
    worker.say({ type: "done", id: 7, outcome: '{"status":"success"}', heapBytes: 0 });
    expect(await done).toMatchObject({ status: "failed", error: { code: "RuntimeCrashed" } });
  });
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
  worker.say({ type: "done", id: 7, outcome: '{"status":"success","exit":null,"wait":null}', heapBytes });
  expect(await done).toEqual({ status: "success", exit: null, wait: null });
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
