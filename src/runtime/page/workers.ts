import type { LockedPackage } from "../../lib/locked-package.ts";
import { createWorkerNetwork, type GatewayClient } from "../network/index.ts";
import { type KeptPython, type KeptStore, keptFor } from "./kept-workflows.ts";
import type { Sandbox } from "./sandbox.ts";
import { createWorkerHandle, type WorkerHandle } from "./worker-handle.ts";

/**
 * How long a run lasts, or is over, before a spare worker boots, in milliseconds: it must not slow what the person does, and who
 * only looks at a workflow needs none.
 */
const SPARE_DELAY = 1500;
/** After a kill the next spare boots sooner: who ends one step that way often ends the next so, too. */
const SPARE_DELAY_AFTER_KILL = 50;

export interface WorkersDeps {
  readonly sandbox: Sandbox;
  readonly client: GatewayClient;
  readonly snapshots: KeptStore;
  /** See `buildKey`. */
  readonly build: string;
  /** Ids of workers and of steps are counted over all sandboxes. */
  readonly nextWorkerId: () => number;
  readonly nextStepId: () => number;
}

/** Which worker may serve a run. */
export interface WorkerWish {
  readonly workflowId: string;
  readonly lock: readonly LockedPackage[];
  /** Nothing may be installed. */
  readonly fresh: boolean;
}

/** The workers of one sandbox: the one that runs are given to, and the spare behind it. */
export interface Workers {
  /** Starts the first one, of a workflow that is kept from its snapshot. Python's version; rejects with a sentence when it can't start. */
  boot(workflowId: string | null): Promise<string>;
  /** The worker that is up and may serve the run at once; null where one has to be waited for. */
  atHand(wish: WorkerWish): WorkerHandle | null;
  /**
   * The current worker, else the spare, else a new one, once it is up. Another one than the current also where that has other versions
   * than the workflow's: compiled modules can't be replaced. Null: the sandbox has gone meanwhile. Rejects where no worker comes up.
   */
  acquire(wish: WorkerWish): Promise<WorkerHandle | null>;
  /** A workflow is opened: the next worker is to be one that has its packages, where they are kept. */
  prepare(workflowId: string): Promise<void>;
  bootSpareLater(): void;
  /** The sandbox is gone with all of them. The workflow that was served. */
  lost(): string | null;
  /** Python did not start: none of them is of use. */
  kill(): void;
}

/** A worker and what it may be given. */
interface Candidate {
  readonly handle: WorkerHandle;
  /** Of the one workflow that it serves; null while it is unused. */
  workflowId: string | null;
  /** It started from the workflow's snapshot. */
  readonly isKept: boolean;
}

/** A worker serves one workflow; it is replaced by the spare after a kill and when another workflow runs. */
export function createWorkers(deps: WorkersDeps): Workers {
  const { sandbox, client, snapshots, build } = deps;
  let isOver = false;
  let current: Candidate | null = null;
  /** What takes over; where it has a workflow it starts from its snapshot, and serves no other one. */
  let spare: Candidate | null = null;
  let spareTimer: ReturnType<typeof setTimeout> | undefined;

  function spawn(workflowId: string | null = null, from: KeptPython | null = null): Candidate {
    const handle = createWorkerHandle({
      id: deps.nextWorkerId(),
      from: from ?? undefined,
      sandbox,
      client,
      createNetwork: createWorkerNetwork,
      nextStepId: deps.nextStepId,
      // Not only when the next run wants one: by then it is up.
      onDeath: () => {
        if (current?.handle === handle) current = successor(current.workflowId);
      },
    });
    return from ? { handle, workflowId, isKept: true } : { handle, workflowId: null, isKept: false };
  }

  /** What takes the place of a dead worker. `workflowId` null: one with nothing installed. */
  function successor(workflowId: string | null): Candidate {
    const fits = spare && !spare.handle.dead && [null, workflowId].includes(spare.workflowId);
    const next = fits ? spare : null;
    if (!next) spare?.handle.kill();
    spare = null;
    setTimeout(() => void bootSpare(), SPARE_DELAY_AFTER_KILL);
    return next ?? spawn();
  }

  async function bootSpare(workflowId = current?.workflowId ?? null): Promise<void> {
    const isWanted = () => !isOver && (!spare || spare.handle.dead);
    if (!isWanted()) return;
    const from = workflowId ? await keptFor(snapshots, workflowId, build) : null;
    if (isWanted()) spare = spawn(workflowId, from);
  }

  /** Makes `current` one that may serve this run. */
  function choose(before: Candidate, wish: WorkerWish): Candidate {
    let next = before;
    if (!wish.fresh && next.workflowId !== wish.workflowId && spare?.workflowId === wish.workflowId) {
      next = current = spare;
      spare = before.workflowId === null ? before : null;
      if (!spare) before.handle.kill();
    }
    while (!isFit(next, wish)) {
      const { handle } = next;
      next = current = successor(wish.fresh ? null : wish.workflowId);
      handle.kill();
    }
    next.workflowId = wish.workflowId;
    return next;
  }

  async function acquire(wish: WorkerWish): Promise<WorkerHandle | null> {
    if (!current) return null;
    const { handle, isKept } = choose(current, wish);
    try {
      await handle.ready;
      return handle;
    } catch (error) {
      if (isOver) return null;
      if (!isKept) throw error;
      // What was kept is of no use: the next one starts without.
      await snapshots.delete(wish.workflowId).catch(() => {});
      return acquire(wish);
    }
  }

  function end(): Candidate[] {
    const all = [current, spare].filter((candidate) => candidate !== null);
    isOver = true;
    clearTimeout(spareTimer);
    // Before their end, so that none gets a successor.
    current = spare = null;
    return all;
  }

  return {
    async boot(workflowId) {
      const from = workflowId ? await keptFor(snapshots, workflowId, build) : null;
      if (workflowId && from) {
        current = spawn(workflowId, from);
        const version = await current.handle.ready.catch(() => null);
        if (version) return version;
        void snapshots.delete(workflowId).catch(() => {});
      }
      if (isOver) throw new Error("Python was ended before it was ready.");
      // After the death of one that was up there is a successor.
      if (!current || current.handle.dead) current = spawn();
      return current.handle.ready;
    },
    atHand: (wish) =>
      current?.workflowId === wish.workflowId && current.handle.isUp && isFit(current, wish)
        ? current.handle
        : null,
    acquire,
    async prepare(workflowId) {
      if ([current, spare].some((known) => known?.workflowId === workflowId)) return;
      if (!(await keptFor(snapshots, workflowId, build)) || isOver) return;
      spare?.handle.kill();
      spare = null;
      await bootSpare(workflowId);
    },
    bootSpareLater() {
      clearTimeout(spareTimer);
      if (!isOver) spareTimer = setTimeout(() => void bootSpare(), SPARE_DELAY);
    },
    lost() {
      const workflowId = current?.workflowId ?? null;
      for (const { handle } of end()) handle.lost();
      return workflowId;
    },
    kill() {
      for (const { handle } of end()) handle.kill();
    },
  };
}

/** Whether a worker may serve this run. */
function isFit({ handle, workflowId: owner }: Candidate, { workflowId, lock, fresh }: WorkerWish): boolean {
  return (
    (owner === null || (!fresh && owner === workflowId)) &&
    // Busy: the workflow was closed and opened again while its step was still being stopped.
    !handle.busy &&
    // Also where it died before it was up.
    !handle.dead &&
    !handle.differsFrom(lock)
  );
}
