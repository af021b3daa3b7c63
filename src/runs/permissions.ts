import { createStore, type StoreApi } from "zustand/vanilla";
import type { NetworkAnswer, NetworkQuestion } from "../runtime/index.ts";

/** A remembered answer, as stored. */
export interface Grant {
  readonly id: string;
  readonly workflowId: string;
  readonly host: string;
  readonly port: number;
  readonly decision: NetworkAnswer;
}

export interface GrantRepository {
  get(id: string): Promise<Grant | null>;
  put(grant: Grant): Promise<void>;
}

export interface PendingQuestion {
  readonly question: NetworkQuestion;
  readonly stepName: string;
}

/** A person's answer. `allow` is remembered; `allow-once` is for this run, `deny` too. */
export type PersonAnswer = NetworkAnswer | "allow-once";

export interface PermissionState {
  /** The question that is on the screen, or null. */
  readonly pending: PendingQuestion | null;
  answer(answer: PersonAnswer): void;
}

export interface Permissions {
  readonly store: StoreApi<PermissionState>;
  /** Asks the person unless the workflow has an answer for that host and port; the step waits meanwhile. */
  ask(workflowId: string, stepName: string, question: NetworkQuestion): Promise<NetworkAnswer>;
  /** Takes the question off the screen unanswered, e.g. when the run is stopped; nothing is remembered. */
  withdraw(): void;
}

/** First connections to private and loopback addresses: asked once per workflow and host:port, one question at a time. */
export function createPermissions(grants: GrantRepository): Permissions {
  let settle: ((answer: PersonAnswer | null) => void) | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const store = createStore<PermissionState>(() => ({ pending: null, answer: (answer) => settle?.(answer) }));

  async function askNow(
    workflowId: string,
    stepName: string,
    question: NetworkQuestion,
  ): Promise<NetworkAnswer> {
    const { host, port } = question;
    const id = `${workflowId} ${host}:${port}`;
    const remembered = question.kind === "host" ? await grants.get(id).catch(() => null) : null;
    // A refusal is asked again in a later run, so that a slip of the finger can be mended.
    if (remembered?.decision === "allow") return "allow";
    const answer = await new Promise<PersonAnswer | null>((resolve) => {
      settle = resolve;
      store.setState({ pending: { question, stepName } });
    });
    settle = null;
    store.setState({ pending: null });
    if (answer === "allow" && question.kind === "host" && port !== null)
      await grants.put({ id, workflowId, host, port, decision: answer }).catch(() => {});
    return answer === "allow" || answer === "allow-once" ? "allow" : "deny";
  }

  return {
    store,
    ask(workflowId, stepName, question) {
      const answered = queue.then(() => askNow(workflowId, stepName, question));
      queue = answered.catch(() => {});
      return answered;
    },
    withdraw: () => settle?.(null),
  };
}
