import type { HookResponse, Runtime, StepDataStore } from "../runtime/index.ts";
import type { NamedSecret, Redactor } from "../vault/index.ts";
import type { LockedPackage, Workflow } from "../workflow/index.ts";
import type { RunRecorder } from "./history/recorder.ts";
import type { NetworkPolicy } from "./network-policy.ts";
import type { Permissions } from "./permissions.ts";
import type { Answered } from "./respond.ts";
import type { StepResultRecord } from "./types.ts";
import type { WaitHooks } from "./waiting/addresses.ts";
import type { WaitingRunRepository } from "./waiting/types.ts";

/** What of the trigger's context (fact 7 of the reference) is about the event. */
export interface EventFacts {
  readonly id: string;
  /** ISO 8601. */
  readonly ts: string;
  readonly emitterId: string;
  /** An earlier event is run again. */
  readonly replay: boolean;
}

/** What a step is given of one account. */
export interface AccountForRun {
  /** `pd.inputs[slug]["$auth"]`. */
  readonly auth: Readonly<Record<string, string>>;
  readonly secrets: readonly NamedSecret[];
  /** Its name for the person. */
  readonly name: string;
  /** True of the hosts of its app, to which its secrets may go. */
  readonly belongsTo: (host: string) => boolean;
}

export interface ResultRepository {
  listFor(workflowId: string): Promise<readonly StepResultRecord[]>;
  get(id: string): Promise<StepResultRecord | null>;
  put(record: StepResultRecord): Promise<void>;
  delete(id: string): Promise<void>;
}

/**
 * What changes with an account's or a variable's value and says nothing about it; results are stale once it differs. Null or undefined:
 * not known (yet), which is no difference.
 */
export interface Revisions {
  account(accountId: string): string | null;
  /** Of all environment variables, by name; null while they are being read. */
  variables(): Readonly<Record<string, string>> | null;
  /** Calls back when one has changed; gives the way to unsubscribe. */
  onChange(listener: () => void): () => void;
}

/** What the runs need of the rest of the house; `app` gives the real ones, a test its own. */
export interface RunDeps {
  readonly runtime: Runtime;
  /** The document as it stands now. */
  readonly workflow: () => Workflow;
  /** Calls back when the document has changed; gives the way to unsubscribe. */
  readonly onWorkflowChange: (listener: () => void) => () => void;
  /** The account's properties, or null where it doesn't exist any more. Throws when it can't be decrypted. */
  readonly account: (app: string, accountId: string) => Promise<AccountForRun | null>;
  /** A data store as a step is given it, or null where it doesn't exist any more. */
  readonly dataStore: (id: string) => Promise<StepDataStore | null>;
  /** All environment variables, and which of them are secret. */
  readonly environment: () => Promise<{
    readonly values: Readonly<Record<string, string>>;
    readonly secrets: readonly NamedSecret[];
  }>;
  /** Without them a change of an account or a variable makes nothing stale. */
  readonly revisions?: Revisions | undefined;
  readonly createRedactor: (secrets: readonly NamedSecret[]) => Redactor;
  readonly results: ResultRepository;
  /** Of the workflow. */
  readonly networkPolicy: NetworkPolicy;
  /** Keeps what a run has installed with the document; by a `person`: *Update packages*, which can be undone. */
  readonly setPackages: (packages: readonly LockedPackage[], by: "run" | "person") => void;
  /** Keeps past runs; where there is none, they are not kept. */
  readonly history?: RunRecorder | undefined;
  /** About the event that is selected now; without it, or null: nobody knows more than that the person runs it. */
  readonly eventFacts?: (() => EventFacts | null) | undefined;
  /** Answers the request that the run came from; without it there is none. */
  readonly respond?: ((response: HookResponse) => Answered) | undefined;
  /** Puts a question to the person. */
  readonly ask: Permissions["ask"];
  readonly waitingRuns: WaitingRunRepository;
  readonly hooks: WaitHooks;
  /** Something that the person should know of runs that they didn't just start. */
  readonly notify: (message: string) => void;
  /** A result could not be stored; the run itself went on. */
  readonly onStoreFailure: (message: string) => void;
}
