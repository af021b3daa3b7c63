import type { RunDeps } from "../deps.ts";
import { messageOf } from "../message-of.ts";
import type { RunStore } from "../run-state.ts";
import type { WaitEnd, WaitingRun } from "./types.ts";

/** Time goes on while a machine sleeps, timers don't: it is looked at so often, in milliseconds. */
const LOOK_EVERY = 30_000;

interface Ending {
  readonly how: WaitEnd;
  readonly ended: PromiseWithResolvers<boolean>;
}

/** The runs of one workflow that wait: stored, shown in the run store's `waiting`, and ended when their time has come. */
export interface WaitingRuns {
  /** Stores a run, then shows it. */
  add(run: WaitingRun): Promise<void>;
  /**
   * Ends a wait as soon as nothing else runs; the first of several calls counts. Gives whether it was this one that did; rejects where
   * the workflow is closed before.
   */
  end(runId: string, how: WaitEnd): Promise<boolean>;
  /** Ends a wait for good; false where it has ended otherwise. */
  cancel(runId: string, why: "cancelled" | "timed-out"): Promise<boolean>;
  /** To be called by whoever goes on with it: gives it to one caller only. */
  take(run: WaitingRun): Promise<WaitingRun | null>;
  /** Something that ran is over: what was to go on does. */
  look(): void;
  load(): Promise<void>;
  dispose(): void;
}

export function createWaitingRuns(
  deps: Pick<RunDeps, "workflow" | "waitingRuns" | "onStoreFailure">,
  { getState, setState }: RunStore,
  on: {
    /** Goes on with a run; called while nothing runs. */
    readonly goOn: (run: WaitingRun, how: WaitEnd) => void;
    readonly cancelled: (run: WaitingRun, why: "cancelled" | "timed-out") => void;
    /** These wait, and no others. */
    readonly shown: (waiting: readonly WaitingRun[]) => void;
    /** Found when the workflow was opened, and overdue. */
    readonly overdue: (run: WaitingRun) => void;
  },
): WaitingRuns {
  const { waitingRuns: stored } = deps;
  const workflowId = deps.workflow().id;
  /** Runs that could not be stored: they wait as long as the page is open. */
  const unstored = new Map<string, WaitingRun>();
  const ends = new Map<string, Ending>();
  /** Ids of runs that are being taken here: that they wait no more says nothing about who has them. */
  const taking = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;

  const unsubscribe = stored.onChange((id) => {
    if (id === workflowId) void read();
  });

  function show(waiting: readonly WaitingRun[]): void {
    if (disposed) return;
    const ids = new Set(waiting.map(({ runId }) => runId));
    for (const [runId, { ended }] of ends) {
      if (ids.has(runId) || taking.has(runId)) continue;
      ends.delete(runId);
      ended.resolve(false);
    }
    on.shown(waiting);
    setState({
      waiting: [...waiting].sort((a, b) => a.since - b.since || (a.runId < b.runId ? -1 : 1)),
      goingOn: [...ends.keys()],
    });
    look();
  }

  /** All there are now; what is shown stays where they can't be read. */
  async function read(): Promise<void> {
    const found = await stored.listFor(workflowId).catch(() => null);
    if (found) show([...found, ...unstored.values()]);
  }

  function look(): void {
    clearTimeout(timer);
    if (disposed) return;
    const now = Date.now();
    for (const run of getState().waiting) {
      if (run.due > now || ends.has(run.runId)) continue;
      if (run.kind === "suspend") void cancel(run.runId, "timed-out");
      else plan(run.runId, { kind: "due" });
    }
    const { waiting, running } = getState();
    const next = running ? undefined : waiting.find(({ runId }) => ends.has(runId));
    const ending = next && ends.get(next.runId);
    if (next && ending) on.goOn(next, ending.how);
    else if (waiting.length > 0) {
      const due = Math.min(...waiting.filter(({ runId }) => !ends.has(runId)).map((run) => run.due));
      timer = setTimeout(look, Math.min(Math.max(0, due - Date.now()), LOOK_EVERY));
    }
  }

  async function take(run: WaitingRun): Promise<WaitingRun | null> {
    const kept = unstored.get(run.id);
    unstored.delete(run.id);
    taking.add(run.runId);
    const taken =
      kept ??
      (await stored.take(run.id).catch((error: unknown) => {
        deps.onStoreFailure(
          `A run that waits could not be read, and waits until the page is reloaded. ${messageOf(error)}`,
        );
        return null;
      }));
    taking.delete(run.runId);
    if (taken) ends.get(run.runId)?.ended.resolve(true);
    show(getState().waiting.filter(({ id }) => id !== run.id));
    return taken;
  }

  function plan(runId: string, how: WaitEnd): Promise<boolean> {
    const ended = Promise.withResolvers<boolean>();
    // Whoever doesn't ask doesn't want to know.
    ended.promise.catch(() => {});
    ends.set(runId, { how, ended });
    setState({ goingOn: [...ends.keys()] });
    return ended.promise;
  }

  async function cancel(runId: string, why: "cancelled" | "timed-out"): Promise<boolean> {
    const run = getState().waiting.find((one) => one.runId === runId);
    const taken = run ? await take(run) : null;
    if (taken) on.cancelled(taken, why);
    return taken !== null;
  }

  return {
    async add(run) {
      try {
        await stored.put(run);
      } catch (error) {
        unstored.set(run.id, run);
        deps.onStoreFailure(
          `A run that waits could not be stored: it goes on only if this page stays open. ${messageOf(error)}`,
        );
      }
      show([...getState().waiting.filter(({ id }) => id !== run.id), run]);
    },
    end(runId, how) {
      if (ends.has(runId) || !getState().waiting.some((run) => run.runId === runId))
        return Promise.resolve(false);
      const ended = plan(runId, how);
      look();
      return ended;
    },
    cancel,
    take,
    look,
    async load() {
      const found = await stored.listFor(workflowId);
      const now = Date.now();
      for (const run of found) if (run.due <= now) on.overdue(run);
      show([...found, ...unstored.values()]);
    },
    dispose() {
      disposed = true;
      for (const { ended } of ends.values()) ended.reject(new Error("The workflow was closed."));
      clearTimeout(timer);
      unsubscribe();
    },
  };
}
