import { createStore, type StoreApi } from "zustand/vanilla";
import type { Step } from "../../workflow/index.ts";
import { newestFirst } from "./bounds.ts";
import { unpackRun } from "./pack.ts";
import { type PastExports, pastExports } from "./past-exports.ts";
import type { PackedRun, PastRun, PastRunRepository, PastRunSummary } from "./types.ts";

/** A run that was deleted, as it can be put back. */
export interface DeletedRun {
  readonly summary: PastRunSummary;
  readonly content: PackedRun;
}

export interface RunHistoryState {
  /** Newest first; null: not read yet. */
  readonly runs: readonly PastRunSummary[] | null;
  /** Why the list can't be read, or null. */
  readonly problem: string | null;
  /** Reads the list; from then on it follows what is stored, by other tabs too. */
  load(): Promise<void>;
  /** Null where it is gone by now. Rejects where it can't be read. */
  open(id: string): Promise<PastRun | null>;
  /** What these steps exported in their last `count` runs, newest first. A run is read when its exports are asked for. */
  exportsOf(steps: readonly Pick<Step, "id" | "name">[], count: number): AsyncIterable<PastExports>;
  /** Gives what `restore` puts back; null where it was gone already. */
  delete(id: string): Promise<DeletedRun | null>;
  restore(deleted: DeletedRun): Promise<void>;
  /** Deletes all of the workflow. */
  clear(): Promise<void>;
  dispose(): void;
}

export type RunHistory = StoreApi<RunHistoryState>;

/** The past runs of one workflow. */
export function createRunHistory(repository: PastRunRepository, workflowId: string): RunHistory {
  let unsubscribe: (() => void) | null = null;
  let reading = 0;

  async function read(): Promise<void> {
    const mine = ++reading;
    try {
      const runs = newestFirst(await repository.list(workflowId));
      if (mine === reading) store.setState({ runs, problem: null });
    } catch (error) {
      if (mine === reading)
        store.setState({ problem: error instanceof Error ? error.message : String(error) });
    }
  }

  async function find(id: string): Promise<DeletedRun | null> {
    const [runs, content] = await Promise.all([repository.list(workflowId), repository.content(id)]);
    const summary = runs.find((run) => run.id === id);
    return summary && content ? { summary, content } : null;
  }

  const store = createStore<RunHistoryState>(() => ({
    runs: null,
    problem: null,
    load() {
      unsubscribe ??= repository.onChange((id) => {
        if (id === workflowId) void read();
      });
      return read();
    },
    async open(id) {
      const found = await find(id);
      return found && unpackRun(found.summary, found.content);
    },
    exportsOf: (steps, count) => pastExports(repository, workflowId, steps, count),
    async delete(id) {
      const found = await find(id);
      await repository.delete(id);
      return found;
    },
    restore: ({ summary, content }) => repository.put(summary, content, () => []),
    clear: () => repository.clear(workflowId),
    dispose() {
      unsubscribe?.();
      reading++;
    },
  }));
  return store;
}
