import type { Answered, RunStore } from "../runs/index.ts";
import type { HookRequest, HookResponse } from "../runtime/index.ts";
import type { EventRecord } from "./types.ts";

/** A run that its trigger has started. */
interface Triggered {
  readonly record: EventRecord;
  readonly replay: boolean;
  /** The request that waits for its answer; null: none does. */
  readonly asker: { readonly request: HookRequest; readonly answer: (response: HookResponse) => void } | null;
}

/** Runs that triggers start: one at a time, and never while the person runs something. */
export interface TriggeredRuns {
  /** What runs now because of an event; null while nothing does, or because the person wants it. */
  current(): Triggered | null;
  isBusy(): boolean;
  /** Settles once nothing runs; what waits goes on one after the other. Rejects where the workflow was closed meanwhile. */
  turn(): Promise<() => void>;
  /** Runs the whole workflow; to be called in a turn. Gives whether it goes on later: it waits for a time or an answer. */
  run(triggered: Triggered): Promise<boolean>;
  /** What a step answers. */
  respond(response: HookResponse): Answered;
  dispose(): void;
}

type Runs = {
  subscribe(listener: () => void): () => void;
  getState(): Pick<ReturnType<RunStore["getState"]>, "running" | "testWorkflow" | "waiting">;
};

export function createTriggeredRuns(runs: Runs): TriggeredRuns {
  let current: Triggered | null = null;
  let answered = false;
  let taken = false;
  let disposed = false;
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const check of [...waiting]) check();
  };
  const unsubscribe = runs.subscribe(wake);
  const waitingIds = () => runs.getState().waiting.map(({ id }) => id);
  const isFree = () => runs.getState().running === null;

  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = () => {
        if (!disposed && !condition()) return;
        waiting.delete(check);
        if (disposed) reject(new Error("The workflow was closed."));
        else resolve();
      };
      waiting.add(check);
      check();
    });

  return {
    current: () => current,
    isBusy: () => taken || !isFree(),
    async turn() {
      // Whoever was first in line has taken it when the next one looks.
      do await until(() => !taken && isFree());
      while (taken || !isFree());
      taken = true;
      return () => {
        taken = false;
        wake();
      };
    },
    async run(triggered) {
      // The person may have begun something since.
      do await until(isFree);
      while (!isFree());
      current = triggered;
      answered = false;
      const before = new Set(waitingIds());
      try {
        await runs.getState().testWorkflow();
        return waitingIds().some((id) => !before.has(id));
      } finally {
        current = null;
      }
    },
    respond(response) {
      const asker = current?.asker;
      if (!asker) return "nobody";
      if (answered) return "answered-before";
      if (!asker.request.isWaitedFor()) return "too-late";
      answered = true;
      asker.answer(response);
      return "sent";
    },
    dispose() {
      disposed = true;
      unsubscribe();
      wake();
    },
  };
}
