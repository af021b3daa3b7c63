import { createStore, type StoreApi } from "zustand/vanilla";
import type { NetworkAnswer, NetworkQuestion } from "../runtime/index.ts";

export interface PendingQuestion {
  readonly question: NetworkQuestion;
  readonly stepName: string;
}

/** A person's answer. `allow` is remembered; `allow-once` is for this run, `deny` too; `stop` ends the run. */
export type PersonAnswer = NetworkAnswer | "allow-once" | "stop";

export interface PermissionState {
  /** The question that is on the screen, or null. */
  readonly pending: PendingQuestion | null;
  answer(answer: PersonAnswer): void;
}

export interface Asking {
  /** True where the answer is known by now: looked at when the question's turn comes, and again when `subscribe` tells. */
  readonly isSettled: () => boolean;
  readonly subscribe: (listener: () => void) => () => void;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface Permissions {
  readonly store: StoreApi<PermissionState>;
  /** Puts a question to the person, after those that came before it. Null: it was settled otherwise, or withdrawn. */
  ask(pending: PendingQuestion, asking: Asking): Promise<PersonAnswer | null>;
}

/** Questions about the network for the person, one at a time, whichever workflow they come from. */
export function createPermissions(): Permissions {
  let settle: ((answer: PersonAnswer | null) => void) | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const store = createStore<PermissionState>(() => ({ pending: null, answer: (answer) => settle?.(answer) }));

  async function show(
    pending: PendingQuestion,
    { isSettled, subscribe, signal }: Asking,
  ): Promise<PersonAnswer | null> {
    if (signal.aborted || isSettled()) return null;
    const { promise, resolve } = Promise.withResolvers<PersonAnswer | null>();
    const withdraw = () => resolve(null);
    const unsubscribe = subscribe(() => {
      if (isSettled()) withdraw();
    });
    signal.addEventListener("abort", withdraw);
    settle = resolve;
    store.setState({ pending });
    try {
      return await promise;
    } finally {
      settle = null;
      store.setState({ pending: null });
      unsubscribe();
      signal.removeEventListener("abort", withdraw);
    }
  }

  return {
    store,
    ask(pending, asking) {
      const answered = queue.then(() => show(pending, asking));
      queue = answered.catch(() => {});
      return answered;
    },
  };
}
