import { createWorkerNetwork, type GatewayClient } from "./network/index.ts";
import { type BlobStore, loadAssets, readVersion } from "./page/assets.ts";
import { createKeeper } from "./page/keeper.ts";
import { openKeepingWorker } from "./page/keeping-worker.ts";
import { buildKey, canKeep, type KeptStore } from "./page/kept-workflows.ts";
import { createRun } from "./page/run.ts";
import { openSandbox, type Sandbox } from "./page/sandbox.ts";
import type { WorkerHandle } from "./page/worker-handle.ts";
import { createWorkers, type Workers, type WorkerWish } from "./page/workers.ts";
import type { Runtime, RuntimeState } from "./protocol.ts";
import { markPage } from "./shared/marks.ts";

export interface RuntimeDeps {
  readonly client: GatewayClient;
  readonly blobs: BlobStore;
  readonly snapshots: KeptStore;
  /** URL of the runtime's folder on our own server, ending with a slash. */
  readonly base: string;
  /** Version of the runtime that the server has; null: to be asked for. */
  readonly version: string | null;
}

/** Python in the page: opens the sandbox, starts Python in it, and gives runs to its workers. */
export function createRuntime({ client, blobs, snapshots, base, version }: RuntimeDeps): Runtime {
  markPage("entry");
  const listeners = new Set<() => void>();
  let state: RuntimeState = { kind: "starting", detail: "Waiting" };
  let sandbox: Sandbox | null = null;
  let starting: Promise<void> | null = null;
  /** Null before Python's files are there. */
  let workers: Workers | null = null;
  let preparing = Promise.resolve();
  let workerIds = 0;
  let stepIds = 0;
  /** See `buildKey`; null before Python's version is known. */
  let build: string | null = null;
  const keeper = createKeeper({ store: snapshots, build: () => build, open: openKeeping });

  function setState(next: RuntimeState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function openKeeping() {
    if (!sandbox) throw new Error("Python is not there.");
    return openKeepingWorker({ id: ++workerIds, sandbox, client, createNetwork: createWorkerNetwork });
  }

  /** The sandbox is gone with everything in it: another one starts. */
  function restart(): void {
    const lost = workers;
    sandbox?.remove();
    sandbox = workers = null;
    const workflowId = lost?.lost() ?? null;
    if (state.kind === "ready") starting = start(workflowId);
    else {
      // Not again and again; the next Test tries, without what may have been too much.
      starting = null;
      if (workflowId) void snapshots.delete(workflowId).catch(() => {});
      setState({
        kind: "failed",
        message: "The browser ended Python while it started: memory may be short.",
      });
    }
  }

  async function start(workflowId: string | null): Promise<void> {
    const box = sandbox ?? openSandbox(`${base}frame.html`, restart);
    sandbox = box;
    try {
      setState({ kind: "starting", detail: "Loading Python" });
      const runtime = version ?? (await readVersion(base));
      build = buildKey(runtime);
      const nextWorkerId = () => ++workerIds;
      const nextStepId = () => ++stepIds;
      const started = createWorkers({ sandbox: box, client, snapshots, build, nextWorkerId, nextStepId });
      workers = started;
      const booted = started.boot(workflowId);
      // Where the files can't be had, that is what is reported.
      booted.catch(() => {});
      const assets = await loadAssets({ base, version: runtime, store: blobs }, () =>
        setState({ kind: "starting", detail: "Downloading Python" }),
      );
      const handed = box.initialise(assets.files).then(() => {
        markPage("files there");
        if (state.kind === "starting") setState({ kind: "starting", detail: "Starting Python" });
      });
      const [pythonVersion] = await Promise.all([booted, handed]);
      setState({ kind: "ready", pythonVersion });
      whenIdle(() => void assets.keep().catch(() => {}));
    } catch (error) {
      // `restart` has said why.
      if (sandbox !== box) return;
      starting = null;
      workers?.kill();
      workers = null;
      setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function acquire(wish: WorkerWish): Promise<WorkerHandle> {
    starting ??= start(wish.workflowId);
    await Promise.all([starting, preparing]);
    if (!workers) throw new Error(state.kind === "failed" ? state.message : "Python is not there.");
    // Where the sandbox has gone, another one is there by now, or about to be.
    return (await workers.acquire(wish)) ?? acquire(wish);
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(workflowId = null) {
      starting ??= start(workflowId);
    },
    prepare(workflowId) {
      starting ??= start(workflowId);
      preparing = starting.then(() => workers?.prepare(workflowId)).catch(() => {});
    },
    beginRun({ workflowId, network, packages, fresh = false }) {
      const wish: WorkerWish = { workflowId, lock: packages.lock, fresh };
      keeper.pause();
      return createRun({
        network,
        packages,
        atHand: workers?.atHand(wish) ?? null,
        acquire: () => acquire(wish),
        isReady: () => state.kind === "ready",
        onBegun: () => workers?.bootSpareLater(),
        onEnd(lock) {
          workers?.bootSpareLater();
          if (lock && canKeep()) keeper.ran(workflowId, { ...packages, lock });
          keeper.resume();
        },
      });
    },
  };
}

/** Writing tens of megabytes would slow what the page does right after the start. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 1000);
}
