import type { WorkflowPackages } from "../protocol.ts";
import type { KeepResult } from "./keeping-worker.ts";
import { contentKey, isSane, type KeptStore } from "./kept-workflows.ts";

/** How long nothing must run before work on a snapshot begins, in milliseconds: the spare worker comes first. */
const IDLE = 3000;
/** Longer than this no packages take to be imported, in milliseconds: some wait for what never comes. */
const LIMIT = 60_000;
/** Each round leaves out what the one before could not keep. */
const ROUNDS = 6;

/** What is asked of a worker that makes a snapshot. `without`: not even unpacked. `unimported`: only unpacked. */
export interface KeepRequest extends WorkflowPackages {
  readonly without: readonly string[];
  readonly unimported: readonly string[];
}

export interface KeeperDeps {
  readonly store: KeptStore;
  /** Of the runtime that runs; null before it does. */
  readonly build: () => string | null;
  /** A new worker, with nothing in it, that makes one snapshot. */
  readonly open: () => { make(request: KeepRequest): Promise<KeepResult>; kill(): void };
  readonly idleMs?: number;
}

export interface Keeper {
  /** A run went well: what its workflow needs is kept for the next visit, once nothing has run for a while. */
  ran(workflowId: string, packages: WorkflowPackages): void;
  /** A run begins: it has the machine for itself. What was begun is begun anew after `resume`. */
  pause(): void;
  resume(): void;
}

/**
 * Makes snapshots of workflows' packages in idle time, in workers that no step ever ran in: no secret can be in one. What fails is
 * dropped without a word: the next visit starts as the first did.
 */
export function createKeeper({ store, build, open, idleMs = IDLE }: KeeperDeps): Keeper {
  let wanted: { readonly workflowId: string; readonly packages: WorkflowPackages } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | null = null;
  let paused = false;

  async function keep(): Promise<void> {
    const target = wanted;
    const version = build();
    if (!target || !version || stop) return;
    let stopped = false;
    let kill = () => {};
    const end = () => {
      stopped = true;
      kill();
    };
    stop = end;
    const limit = setTimeout(() => {
      wanted = null;
      end();
    }, LIMIT);
    try {
      const key = contentKey(target.packages);
      if ((await store.get(target.workflowId, version))?.key === key) return;
      let request: KeepRequest = { ...target.packages, without: [], unimported: [] };
      for (let round = 0; round < ROUNDS && !stopped; round++) {
        const worker = open();
        kill = worker.kill;
        const result = await worker.make(request).finally(worker.kill);
        if (stopped) return;
        if (result.kind === "kept" || result.kind === "nothing") {
          const content = result.kind === "kept" && isSane(result.content) ? result.content : null;
          await store.put(target.workflowId, version, { key, content });
          return;
        }
        request = {
          ...request,
          without: [...request.without, ...result.without],
          unimported: [...request.unimported, ...result.unimported],
        };
      }
      if (!stopped) await store.put(target.workflowId, version, { key, content: null });
    } catch {
      // Nothing is kept.
    } finally {
      clearTimeout(limit);
      if (stop === end) stop = null;
      if (wanted === target && !stopped) wanted = null;
    }
  }

  function wait(): void {
    clearTimeout(timer);
    if (wanted && !paused) timer = setTimeout(() => void keep(), idleMs);
  }

  return {
    ran(workflowId, packages) {
      wanted = packages.lock.length > 0 ? { workflowId, packages } : null;
      wait();
    },
    pause() {
      paused = true;
      clearTimeout(timer);
      stop?.();
      stop = null;
    },
    resume() {
      paused = false;
      wait();
    },
  };
}
