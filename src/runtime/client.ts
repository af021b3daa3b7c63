import type { LockedPackage } from "../lib/locked-package.ts";
import { createWorkerNetwork, type GatewayClient } from "./network/index.ts";
import { type BlobStore, loadAssets, readVersion } from "./page/assets.ts";
import { startError } from "./page/errors.ts";
import { createKeeper } from "./page/keeper.ts";
import { openKeepingWorker } from "./page/keeping-worker.ts";
import { buildKey, canKeep, type KeptPython, type KeptStore, keptFor } from "./page/kept-workflows.ts";
import { openSandbox, type Sandbox } from "./page/sandbox.ts";
import { createWorkerHandle, type WorkerHandle } from "./page/worker-handle.ts";
import type { Runtime, RuntimeRun, RuntimeState, StepEvent, StepOutcome } from "./protocol.ts";
import { markPage } from "./shared/marks.ts";

/**
 * How long a run lasts, or is over, before a spare worker boots, in milliseconds: it must not slow what the person does, and who
 * only looks at a workflow needs none.
 */
const SPARE_DELAY = 1500;
/** After a kill the next spare boots sooner: who ends one step that way often ends the next so, too. */
const SPARE_DELAY_AFTER_KILL = 50;

export interface RuntimeDeps {
  readonly client: GatewayClient;
  readonly blobs: BlobStore;
  readonly snapshots: KeptStore;
  /** URL of the runtime's folder on our own server, ending with a slash. */
  readonly base: string;
  /** Version of the runtime that the server has; null: to be asked for. */
  readonly version: string | null;
}

/** The worker that runs are given to. */
interface Current {
  readonly handle: WorkerHandle;
  /** Of the one workflow that it serves; null while it is unused. */
  workflowId: string | null;
  /** It started from the workflow's snapshot. */
  readonly isKept: boolean;
}

/**
 * Python in the page: boots one worker, keeps a spare behind it, and gives runs to them. A worker serves one workflow; it is
 * replaced by the spare after a kill and when another workflow runs.
 */
export function createRuntime({ client, blobs, snapshots, base, version }: RuntimeDeps): Runtime {
  markPage("entry");
  const listeners = new Set<() => void>();
  let state: RuntimeState = { kind: "starting", detail: "Waiting" };
  let sandbox: Sandbox | null = null;
  let starting: Promise<void> | null = null;
  let current: Current | null = null;
  /** What takes over; where it has a workflow it starts from its snapshot, and serves no other one. */
  let spare: Current | null = null;
  let preparing = Promise.resolve();
  let spareTimer: ReturnType<typeof setTimeout> | undefined;
  let workers = 0;
  let steps = 0;
  /** See `buildKey`; null before Python's files are there. */
  let build: string | null = null;
  const keeper = createKeeper({ store: snapshots, build: () => build, open: openKeeping });

  function setState(next: RuntimeState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function spawn(box: Sandbox, from?: KeptPython): WorkerHandle {
    const id = ++workers;
    const handle = createWorkerHandle({
      id,
      from,
      sandbox: box,
      client,
      createNetwork: createWorkerNetwork,
      nextStepId: () => ++steps,
      // Not only when the next run wants one: by then it is up.
      onDeath: () => {
        if (current?.handle === handle) current = successor(box, current.workflowId);
      },
    });
    return handle;
  }

  /** What takes the place of a dead worker. `workflowId` null: one with nothing installed. */
  function successor(box: Sandbox, workflowId: string | null): Current {
    const fits = spare && !spare.handle.dead && [null, workflowId].includes(spare.workflowId);
    const next = fits ? spare : null;
    if (!next) spare?.handle.kill();
    spare = null;
    setTimeout(() => void bootSpare(), SPARE_DELAY_AFTER_KILL);
    return next ?? { handle: spawn(box), workflowId: null, isKept: false };
  }

  async function bootSpare(workflowId = current?.workflowId ?? null): Promise<void> {
    const box = sandbox;
    const isThere = () => spare && !spare.handle.dead;
    if (!box || isThere()) return;
    const from = workflowId && build ? await keptFor(snapshots, workflowId, build) : null;
    if (box !== sandbox || isThere()) return;
    spare = from
      ? { handle: spawn(box, from), workflowId, isKept: true }
      : { handle: spawn(box), workflowId: null, isKept: false };
  }

  /** A workflow is opened: the next worker is to be one that has its packages, where they are kept. */
  async function prepare(workflowId: string): Promise<void> {
    starting ??= start(workflowId);
    await starting;
    if (!build || [current, spare].some((known) => known?.workflowId === workflowId)) return;
    if (!(await keptFor(snapshots, workflowId, build))) return;
    spare?.handle.kill();
    spare = null;
    await bootSpare(workflowId);
  }

  function openKeeping() {
    if (!sandbox) throw new Error("Python is not there.");
    return openKeepingWorker({ id: ++workers, sandbox, client, createNetwork: createWorkerNetwork });
  }

  function bootSpareLater(): void {
    clearTimeout(spareTimer);
    spareTimer = setTimeout(() => void bootSpare(), SPARE_DELAY);
  }

  /** The sandbox is gone with everything in it: another one starts. */
  function restart(): void {
    const lost = [current?.handle, spare?.handle];
    const workflowId = current?.workflowId ?? null;
    sandbox?.remove();
    sandbox = current = spare = null;
    for (const handle of lost) handle?.lost();
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

  /** The first worker; of a workflow that was run before, from its snapshot. */
  async function boot(box: Sandbox, from: KeptPython | null, workflowId: string | null): Promise<string> {
    if (from) {
      current = { handle: spawn(box, from), workflowId, isKept: true };
      const ready = await current.handle.ready.catch(() => null);
      if (ready) return ready;
      void snapshots.delete(workflowId ?? "").catch(() => {});
    }
    // After the death of one that was up there is a successor.
    if (!current || current.handle.dead) current = { handle: spawn(box), workflowId: null, isKept: false };
    return current.handle.ready;
  }

  async function start(workflowId: string | null): Promise<void> {
    try {
      setState({ kind: "starting", detail: "Loading Python" });
      const box = sandbox ?? openSandbox(`${base}frame.html`, restart);
      sandbox = box;
      const runtime = version ?? (await readVersion(base));
      build = buildKey(runtime);
      const kept = workflowId ? keptFor(snapshots, workflowId, build) : null;
      const assets = await loadAssets({ base, version: runtime, store: blobs }, () =>
        setState({ kind: "starting", detail: "Downloading Python" }),
      );
      const handed = box.initialise(assets.files).then(() => {
        markPage("files there");
        if (state.kind === "starting") setState({ kind: "starting", detail: "Starting Python" });
      });
      const [pythonVersion] = await Promise.all([boot(box, await kept, workflowId), handed]);
      setState({ kind: "ready", pythonVersion });
      whenIdle(() => void assets.keep().catch(() => {}));
    } catch (error) {
      starting = null;
      const failed = current;
      // Before its end, so that it gets no successor.
      current = null;
      failed?.handle.kill();
      setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  /**
   * A live worker for `workflowId`: the current one, else the spare, else a new one. Another one also where nothing may be
   * installed (`fresh`), or where the current one has other versions than the workflow's: compiled modules can't be replaced.
   */
  async function acquire(
    workflowId: string,
    lock: readonly LockedPackage[],
    fresh: boolean,
  ): Promise<WorkerHandle> {
    starting ??= start(workflowId);
    await Promise.all([starting, preparing]);
    if (!sandbox || !current)
      throw new Error(state.kind === "failed" ? state.message : "Python is not there.");
    if (!fresh && current.workflowId !== workflowId && spare?.workflowId === workflowId) {
      const before = current;
      current = spare;
      spare = before.workflowId === null ? before : null;
      if (!spare) before.handle.kill();
    }
    const box = sandbox;
    const { handle, isKept } = fitting(current, box, workflowId, lock, fresh);
    const isUp = await handle.ready.then(
      () => true,
      () => false,
    );
    // The sandbox was gone: another one is there by now, or about to be.
    if (!isUp && sandbox !== box) return acquire(workflowId, lock, fresh);
    if (!isUp && isKept) {
      // What was kept is of no use: the next one starts without.
      await snapshots.delete(workflowId).catch(() => {});
      return acquire(workflowId, lock, fresh);
    }
    await handle.ready;
    return handle;
  }

  /** Makes `current` one that may serve this run. */
  function fitting(
    before: Current,
    box: Sandbox,
    workflowId: string,
    lock: readonly LockedPackage[],
    fresh: boolean,
  ): Current {
    let next = before;
    while (!isFit(next, workflowId, lock, fresh)) {
      const { handle } = next;
      next = successor(box, fresh ? null : workflowId);
      current = next;
      handle.kill();
    }
    next.workflowId = workflowId;
    return next;
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
      preparing = prepare(workflowId).catch(() => {});
    },
    beginRun({ workflowId, network, packages, fresh = false }): RuntimeRun {
      let handle: WorkerHandle | null = null;
      let stopped = false;
      const begin = (worker: WorkerHandle) => {
        handle = worker;
        if (!stopped) worker.beginRun(network, packages);
        bootSpareLater();
        return worker;
      };
      let lock = packages.lock;
      let succeeded = false;
      keeper.pause();
      let signalStop: (value: null) => void = () => {};
      const stopSignal = new Promise<null>((resolve) => {
        signalStop = resolve;
      });
      const atHand =
        current?.workflowId === workflowId &&
        current.handle.isUp &&
        isFit(current, workflowId, packages.lock, fresh)
          ? current.handle
          : null;
      // At once where it can be: Python makes itself clean for the run while the page gathers what the step gets.
      const acquired = atHand
        ? Promise.resolve(begin(atHand))
        : acquire(workflowId, packages.lock, fresh).then(begin);
      // Reported by the first step.
      acquired.catch(() => {});
      const noteLock =
        (onEvent: (event: StepEvent) => void) =>
        (event: StepEvent): void => {
          if (event.type === "locked") lock = event.packages;
          onEvent(event);
        };
      const withWorker = async (
        onEvent: (event: StepEvent) => void,
        work: (worker: WorkerHandle) => Promise<StepOutcome>,
      ): Promise<StepOutcome> => {
        try {
          if (state.kind !== "ready") onEvent({ type: "phase", text: "Starting Python…" });
          // Without a wait where none is needed: the worker has its work before the page draws that it has.
          const worker = handle ?? (await Promise.race([acquired, stopSignal]));
          if (stopped || !worker) return { status: "stopped" };
          const outcome = await work(worker);
          succeeded ||= outcome.status === "success";
          return outcome;
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          return { status: "failed", error: startError(message) };
        }
      };
      return {
        step: (request, onEvent) => withWorker(onEvent, (worker) => worker.step(request, noteLock(onEvent))),
        installAll: (onEvent) => withWorker(onEvent, (worker) => worker.installAll(noteLock(onEvent))),
        stop() {
          stopped = true;
          signalStop(null);
          handle?.stop();
        },
        end() {
          if (handle?.bloated) handle.kill();
          bootSpareLater();
          if (succeeded && canKeep()) keeper.ran(workflowId, { ...packages, lock });
          keeper.resume();
        },
      };
    },
  };
}

/** Whether a worker may serve this run. */
function isFit(
  { handle, workflowId: owner }: Current,
  workflowId: string,
  lock: readonly LockedPackage[],
  fresh: boolean,
): boolean {
  return (
    (owner === null || (!fresh && owner === workflowId)) &&
    // Busy: the workflow was closed and opened again while its step was still being stopped.
    !handle.busy &&
    // Also where it died before it was up.
    !handle.dead &&
    !handle.differsFrom(lock)
  );
}

/** Writing tens of megabytes would slow what the page does right after the start. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 1000);
}
