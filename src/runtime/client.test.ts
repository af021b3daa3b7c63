// Which worker a run gets: with kept packages, without any, the spare. The workers are stand-ins.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LockedPackage } from "../lib/locked-package.ts";
import { createRuntime } from "./client.ts";
import type { createGatewayClient } from "./network/index.ts";
import type { KeptPython } from "./page/kept-workflows.ts";
import type { WorkerDeps, WorkerHandle } from "./page/worker-handle.ts";
import type { RunNetwork } from "./protocol.ts";

const made: { handle: WorkerHandle; from: KeptPython | undefined; runs: number }[] = [];
/** Whether a worker that starts from a snapshot comes up. */
let restores = true;
/** Until it is settled no worker is up. */
let up: Promise<void> = Promise.resolve();
/** Why the runtime's files can't be had. */
let filesProblem: string | null = null;
/** The browser ends the newest sandbox. */
let endSandbox = () => {};
let sandboxes = 0;

vi.mock("./page/assets.ts", () => ({
  loadAssets: async () => {
    if (filesProblem) throw new Error(filesProblem);
    return { manifest: { version: "v1" }, files: {}, keep: async () => {} };
  },
  readVersion: async () => "v1",
}));
vi.mock("./page/sandbox.ts", () => ({
  openSandbox(_: string, onGone: () => void) {
    sandboxes += 1;
    endSandbox = onGone;
    return { initialise: async () => {}, remove() {} };
  },
}));
vi.mock("./page/worker-handle.ts", () => ({
  createWorkerHandle({ from, onDeath }: WorkerDeps): WorkerHandle {
    const fails = from !== undefined && !restores;
    let dead = fails;
    const ready = up.then(() => {
      if (fails || dead) throw new Error("no");
      return "3.14";
    });
    ready.catch(() => {});
    const handle: WorkerHandle = {
      ready,
      isUp: !fails,
      get dead() {
        return dead;
      },
      busy: false,
      bloated: false,
      differsFrom: (lock) =>
        lock.some(({ name, sha256 }) =>
          from?.packages.some((other) => other.name === name && other.sha256 !== sha256),
        ),
      beginRun() {
        entry.runs += 1;
      },
      step: async () => ({ status: "success", exit: null, wait: null }),
      installAll: async () => ({ status: "success", exit: null, wait: null }),
      stop() {},
      kill() {
        if (dead) return;
        dead = true;
        onDeath();
      },
      lost() {
        dead = true;
      },
    };
    const entry = { handle, from, runs: 0 };
    made.push(entry);
    return handle;
  },
}));

beforeEach(() => {
  made.length = 0;
  restores = true;
  up = Promise.resolve();
  filesProblem = null;
  sandboxes = 0;
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { userAgent: "", platform: "", maxTouchPoints: 0 });
  vi.stubGlobal("WebAssembly", { Suspending: class {}, validate: () => true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const locked = (sha256: string): LockedPackage => ({
  name: "a",
  version: "1.0",
  sha256,
  filename: "a-1.0-py3-none-any.whl",
  source: "index",
  asked: [],
  requires: [],
});
const network: RunNetwork = { judge: () => "deny", ask: async () => "deny", reached() {}, secrets: [] };

/** A runtime in whose store these workflows have a snapshot. */
function start(...kept: string[]) {
  const rows = new Set(kept);
  const content = (id: string): KeptPython => ({
    memory: new Blob([id]),
    files: new Blob([]),
    packages: [locked("1")],
  });
  const runtime = createRuntime({
    client: {} as ReturnType<typeof createGatewayClient>,
    blobs: { get: async () => null, put: async () => {} },
    snapshots: {
      get: async (id) => (rows.has(id) ? { key: "k", content: content(id) } : null),
      touch: async () => {},
      put: async () => {},
      delete: async (id) => void rows.delete(id),
    },
    base: "/runtime/",
    version: "v1",
  } as Parameters<typeof createRuntime>[0]);
  /** Runs a step; gives the snapshot that its worker started from, as text, or why there is no worker. */
  const run = async (workflowId: string, options: { sha256?: string; fresh?: boolean } = {}) => {
    const before = made.map(({ runs }) => runs);
    const lock = [locked(options.sha256 ?? "1")];
    const active = runtime.beginRun({
      workflowId,
      network,
      packages: { steps: [], lock },
      fresh: options.fresh ?? false,
    });
    const outcome = await active.step(
      {
        name: "a",
        code: "",
        steps: [],
        isFollowed: false,
        inputs: {},
        unconnected: [],
        dataStore: null,
        env: {},
        flow: { urls: { resume_url: "", cancel_url: "" }, run: { runs: 1, context: null } },
        timeLimitMs: 1,
      },
      () => {},
    );
    active.end();
    if (outcome.status === "failed") return outcome.error.traceback;
    const used = made.find(({ runs }, index) => runs > (before[index] ?? 0));
    return (await used?.from?.memory.text()) ?? null;
  };
  const alive = async () =>
    Promise.all(
      made.filter(({ handle }) => !handle.dead).map(async ({ from }) => (await from?.memory.text()) ?? null),
    );
  return { runtime, run, rows, alive };
}

test("a workflow's own snapshot is what it starts from, at its address and from the list", async () => {
  const { runtime, run, alive } = start("w1", "w2");
  runtime.start("w1");
  runtime.prepare("w1");
  expect(await run("w1")).toBe("w1");
  runtime.prepare("w2");
  expect(await run("w2")).toBe("w2");
  runtime.prepare("w3");
  expect(await run("w3")).toBeNull();
  expect(await alive()).toEqual([null]);
});

test("the unused worker waits as the spare of one that is opened from the list", async () => {
  const { runtime, run, alive } = start("w1");
  runtime.start();
  runtime.prepare("w1");
  expect(await run("w1")).toBe("w1");
  expect(await alive()).toEqual([null, "w1"]);
  expect(made).toHaveLength(2);
});

test("the spare has the packages too; a run that wants nothing installed never gets it", async () => {
  const { runtime, run, alive } = start("w1");
  runtime.start("w1");
  expect(await run("w1")).toBe("w1");
  await vi.advanceTimersByTimeAsync(5000);
  expect(await alive()).toEqual(["w1", "w1"]);
  made[0]?.handle.kill();
  expect(await run("w1")).toBe("w1");
  expect(made[1]?.runs).toBe(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await run("w1", { fresh: true })).toBeNull();
  expect(await run("w1", { fresh: true })).toBeNull();
  expect(made.filter(({ runs }) => runs > 0)).toHaveLength(4);
});

test("with another lock than the snapshot's nothing of it is used", async () => {
  const { runtime, run } = start("w1");
  runtime.start("w1");
  await vi.advanceTimersByTimeAsync(5000);
  expect(await run("w1", { sha256: "2" })).toBeNull();
});

test("a snapshot that can't be restored is dropped without a word, at the start and later", async () => {
  restores = false;
  const first = start("w1");
  first.runtime.start("w1");
  expect(await first.run("w1")).toBeNull();
  expect(first.rows.size).toBe(0);

  const second = start("w1");
  second.runtime.start();
  second.runtime.prepare("w1");
  expect(await second.run("w1")).toBeNull();
});

test("the worker that has the workflow hears of its next run at once, before anything is waited for", async () => {
  const { runtime, run } = start();
  const begin = (workflowId: string) =>
    runtime.beginRun({ workflowId, network, packages: { steps: [], lock: [locked("1")] } }).end();
  await run("w1");
  const [first] = made;
  begin("w1");
  expect(first?.runs).toBe(2);
  begin("w2");
  expect(first?.runs).toBe(2);
});

test("another sandbox takes the place of one that is gone, with the workflow's packages", async () => {
  const { runtime, run, alive } = start("w1");
  runtime.start("w1");
  expect(await run("w1")).toBe("w1");
  endSandbox();
  expect(await run("w1")).toBe("w1");
  expect(await alive()).toEqual(["w1"]);
  expect(sandboxes).toBe(2);
});

test("a sandbox that is gone before Python was up is not opened again and again, and starts without the snapshot", async () => {
  const { runtime, run, rows } = start("w1");
  let isUp = () => {};
  up = new Promise((resolve) => {
    isUp = resolve;
  });
  runtime.start("w1");
  await vi.advanceTimersByTimeAsync(0);
  endSandbox();
  isUp();
  await vi.advanceTimersByTimeAsync(5000);
  expect(runtime.state()).toMatchObject({ kind: "failed", message: expect.stringContaining("memory") });
  expect([sandboxes, rows.size]).toEqual([1, 0]);
  expect(await run("w1")).toBeNull();
  expect(runtime.state().kind).toBe("ready");
});

test("where the files can't be had a run says so, and the next one tries again", async () => {
  filesProblem = "The server does not answer.";
  const { runtime, run } = start("w1");
  runtime.start("w1");
  expect(await run("w1")).toBe(filesProblem);
  expect(runtime.state()).toEqual({ kind: "failed", message: filesProblem });
  filesProblem = null;
  expect(await run("w1")).toBe("w1");
});
