/** Everything that passes between the page and the sandboxed Python, declared once. Both ends ship together. */

import type { DataStoreChange } from "../lib/data-store-change.ts";
import type { LockedPackage } from "../lib/locked-package.ts";

/** An error of a step or of its run, as plain data. */
export interface StepError {
  /**
   * What kind of failure, for code: `PythonError`, `SyntaxError`, `NoHandler`, `NotSerializable`, `ExportTooLarge`,
   * `PackageUnavailable`, `AccountMissing`, `InvalidEvent`, `Timeout`, `RuntimeCrashed`, `GatewayGone`,
   * `DataStoreMissing`, `DataStoreFailed`, `NetworkDenied` (with `denied`).
   */
  readonly code: string;
  /** Python's exception type, or the code again. */
  readonly type: string;
  readonly message: string;
  /** Line of the step's own code, from 1; null where none is to blame. */
  readonly line: number | null;
  readonly column: number | null;
  /** The traceback as shown: the step's own frames first. */
  readonly traceback: string;
  /** What to do next, where we know. */
  readonly hint: string | null;
  /** The host that the workflow was not allowed to reach (port null: on none of its ports), where that is the cause. */
  readonly denied?: { readonly host: string; readonly port: number | null } | null;
}

/** What a step has asked its run to wait for once it has ended; `ms` is a year at most. */
export type StepWait =
  /** `pd.flow.delay`: goes on after so many milliseconds. */
  | { readonly kind: "delay"; readonly ms: number }
  /** `pd.flow.suspend`: goes on when it is resumed, and is cancelled after so many milliseconds. */
  | { readonly kind: "suspend"; readonly ms: number }
  /** `pd.flow.rerun`: the step runs again after so many milliseconds. `context`: JSON text of what it passes to itself. */
  | {
      readonly kind: "rerun";
      readonly ms: number;
      readonly context: string;
      readonly maxRetries: number;
    };

/** What a step that waits is given: `pd.flow`'s addresses and `pd.context["run"]`. */
export interface StepFlow {
  /** Requests to them resume the run while it waits after this step, or cancel it. */
  readonly urls: { readonly resume_url: string; readonly cancel_url: string };
  readonly run: {
    /** How often the step has run in this run, this time included. */
    readonly runs: number;
    /** What `pd.flow.rerun` passed on the last time; null the first time. */
    readonly context: unknown;
    /** The request to `resume_url` that has brought this run of the step about, in the shape of an HTTP event. */
    readonly callback_request?: unknown;
  };
}

export type StepOutcome =
  /** `wait` is null where the step has ended its workflow. */
  | {
      readonly status: "success";
      readonly exit: { readonly reason: string } | null;
      readonly wait: StepWait | null;
    }
  | { readonly status: "failed"; readonly error: StepError }
  | { readonly status: "stopped" };

/** What one earlier step exported. `json`: text of an object. */
export interface GivenExports {
  readonly name: string;
  readonly json: string;
}

/**
 * The data store that is attached to a step, as it is now: all that the step can reach of data stores. Values are JSON texts. Methods
 * reject with an Error whose message is a sentence for the person.
 */
export interface StepDataStore {
  readonly name: string;
  /** Null where there is no such record. */
  get(key: string): Promise<string | null>;
  count(): Promise<number>;
  /** The first `limit` keys behind `after` (null: from the beginning); fewer only at the end. */
  keys(after: string | null, limit: number): Promise<readonly string[]>;
  /** As `keys`, with their values. `next`: what to go on after; null at the end. */
  items(
    after: string | null,
    limit: number,
  ): Promise<{
    readonly items: readonly (readonly [key: string, json: string])[];
    readonly next: string | null;
  }>;
  /** Makes all of these changes in their order, or none. */
  write(changes: readonly DataStoreChange[]): Promise<void>;
  /** False where there is no such record. */
  setExpiry(key: string, expiresAt: number | null): Promise<boolean>;
}

/** One step to run. */
export interface StepRequest {
  readonly name: string;
  readonly code: string;
  /** `pd.steps`: JSON text of each step's exports, `trigger` included. Text that this run reported costs nothing to pass on. */
  readonly steps: readonly GivenExports[];
  /** Whether another step of the run comes after it, which reads what it exports. */
  readonly isFollowed: boolean;
  /** `pd.inputs`: slug → `{"$auth": properties}`. */
  readonly inputs: Readonly<Record<string, { readonly $auth: Readonly<Record<string, string>> }>>;
  /** Apps that are attached without an account, and `data_store` without one: for the hint when the code reads one. */
  readonly unconnected: readonly string[];
  /** `pd.inputs["data_store"]`; null: none is attached. */
  readonly dataStore: StepDataStore | null;
  readonly env: Readonly<Record<string, string>>;
  readonly flow: StepFlow;
  readonly timeLimitMs: number;
}

/** Name in the sender's case, value as it was sent; a byte each character (Latin-1). */
export type HttpHeader = readonly [name: string, value: string];

/** A body as it passed by. */
export interface HttpBody {
  /** Bytes so far as they were sent: compressed where they were, without the framing of chunks. */
  readonly size: number;
  /** `cut-off`: the connection ended, or stopped being HTTP, before the body was complete. */
  readonly state: "arriving" | "complete" | "cut-off";
  /** Its beginning, at most 64 KiB; null while more of that may come. Never changed afterwards. */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** Less of it is kept than of others: the step had used up what is kept of all its messages. */
  readonly overBudget: boolean;
}

/** One side of an HTTP exchange. */
export interface HttpMessage {
  /** In their order. Null where they are not kept: the step had used up what is kept of all its messages. */
  readonly headers: readonly HttpHeader[] | null;
  readonly body: HttpBody;
}

/** One HTTP request seen on a connection, as it was: secrets are in it. */
export interface HttpExchange {
  /** Counted up within its connection. */
  readonly id: number;
  readonly method: string;
  /** What stands in the request line. */
  readonly path: string;
  /** `HTTP/1.1`; empty where it isn't known (the worker's `fetch`). */
  readonly version: string;
  readonly status: number | null;
  /** What follows the status: `Not Found`. */
  readonly reason: string;
  readonly startedAt: number;
  /** Until the answer's headers were there. */
  readonly firstByteMs: number | null;
  readonly durationMs: number | null;
  readonly request: HttpMessage;
  readonly response: HttpMessage | null;
}

/** One connection of a step; sent again whenever it changes. */
export interface ConnectionRecord {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Whether the peer's certificate was checked; null without TLS. */
  readonly verified: boolean | null;
  readonly state: "connecting" | "waiting-for-permission" | "open" | "closed" | "failed";
  readonly startedAt: number;
  readonly durationMs: number | null;
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly exchanges: readonly HttpExchange[];
  readonly error: string | null;
}

/** Said with every thing that a step shows besides text. */
interface DisplayFacts {
  /** The handler returned it. */
  readonly returned: boolean;
  /** What a person should know about it; null: nothing. */
  readonly note: string | null;
}

/** Rows of a table in one of its parts; the last has the rest. */
export const TABLE_PART_ROWS = 1000;

/** A table as it is sent: its rows are in the parts, each JSON text of a list of rows, which are lists of cells. */
export interface TableHead extends DisplayFacts {
  readonly kind: "table";
  readonly columns: readonly { readonly name: string; readonly dtype: string }[];
  /** How many there are; fewer may be sent. */
  readonly columnsTotal: number;
  readonly total: number;
  /** Rows that were sent. */
  readonly kept: number;
}

export interface ImageHead extends DisplayFacts {
  readonly kind: "image";
  readonly mime: "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/svg+xml";
  /** Pixels of the image for one of the page. */
  readonly scale: number;
}

/** `html`, JSON text of a value, or plain text; the one part has it. */
export interface TextHead extends DisplayFacts {
  readonly kind: "html" | "json" | "text";
}

/** What a step answers to the HTTP request that its run came from (`pd.respond`); the one part has the body. */
export interface ResponseHead extends DisplayFacts {
  readonly kind: "response";
  /** 200 to 599. */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** How the body stands in its part. */
  readonly encoding: "text" | "base64";
}

/** Something that a step shows below it: `display(value)`, a figure, some of what a handler returns. */
export type Display =
  /** UTF-8 is decoded. */
  | { readonly head: TableHead | TextHead | ResponseHead; readonly parts: readonly string[] }
  | { readonly head: ImageHead; readonly bytes: ArrayBuffer };

/** What a running step reports. */
export type StepEvent =
  /** What goes on before and around the code: resolving, downloading, installing. Empty text: nothing any more. */
  | { readonly type: "phase"; readonly text: string }
  | {
      readonly type: "output";
      readonly stream: "stdout" | "stderr";
      readonly text: string;
      readonly at: number;
    }
  /** JSON text of all exports so far. */
  | { readonly type: "exports"; readonly json: string }
  | { readonly type: "display"; readonly display: Display }
  /** These were installed just now. */
  | { readonly type: "installed"; readonly packages: readonly LockedPackage[] }
  /** The workflow's packages from now on, all of them. */
  | { readonly type: "locked"; readonly packages: readonly LockedPackage[] }
  | { readonly type: "connection"; readonly connection: ConnectionRecord };

/** Where a host is, as far as permissions go. */
export type HostRange = "loopback" | "private" | "public";

/** May this workflow reach that host? Asked before a connection is made or a name is looked up. */
export interface HostQuestion {
  readonly kind: "host";
  readonly host: string;
  /** Null: a name look-up, which tells the name to DNS servers. */
  readonly port: number | null;
  /** Null: not looked up yet. */
  readonly address: string | null;
  /** Of a name that was not looked up yet: `public`. */
  readonly range: HostRange;
}

/** May this secret go to a host that is none of its account's app? Nothing of its value is in the question. */
export interface SecretQuestion {
  readonly kind: "secret";
  /** Where the name itself holds a secret, its mark stands there: `⟦slack.$auth.oauth_access_token⟧.example.com`. */
  readonly host: string;
  /** Null: the host's name holds it, and is only looked up. */
  readonly port: number | null;
  /** As code reads it: `slack.$auth.oauth_access_token`. */
  readonly secret: string;
  /** The account's name for the person. */
  readonly account: string;
  /** Where in the request it was found; `data`: in bytes that are no HTTP. */
  readonly place: "address" | "header" | "body" | "data";
}

export type NetworkQuestion = HostQuestion | SecretQuestion;
export type NetworkAnswer = "allow" | "deny";
export type HostVerdict = "allow" | "ask" | "deny";

/** A secret that belongs to some hosts only. */
export interface GuardedSecret {
  /** As code reads it: `slack.$auth.oauth_access_token`. */
  readonly name: string;
  /** The account's name for the person. */
  readonly account: string;
  /** The value and its encoded forms. */
  readonly forms: readonly string[];
  readonly belongsTo: (host: string) => boolean;
}

/** What a run may do on the network. The runtime asks; the runs room decides. */
export interface RunNetwork {
  /** What the workflow's list says, before anything is sent, name look-ups included (`port` null). */
  judge(host: string, port: number | null): HostVerdict;
  ask(question: NetworkQuestion): Promise<NetworkAnswer>;
  /** A connection was made. */
  reached(host: string, port: number, range: HostRange): void;
  readonly secrets: readonly GuardedSecret[];
}

export type RuntimeState =
  | { readonly kind: "starting"; readonly detail: string }
  | { readonly kind: "ready"; readonly pythonVersion: string }
  | { readonly kind: "failed"; readonly message: string };

/** The steps of a workflow, which have one version of each package, and the packages that it was run with so far. */
export interface WorkflowPackages {
  readonly steps: readonly { readonly name: string; readonly code: string; readonly enabled: boolean }[];
  readonly lock: readonly LockedPackage[];
}

/** A run in progress: steps go one after the other through the same clean interpreter. */
export interface RuntimeRun {
  /** Runs one step to its end; never rejects. */
  step(request: StepRequest, onEvent: (event: StepEvent) => void): Promise<StepOutcome>;
  /** Installs what all steps need without running them; never rejects. */
  installAll(onEvent: (event: StepEvent) => void): Promise<StepOutcome>;
  /** Ends the step that runs now, within the grace period, whatever it does. */
  stop(): void;
  /** The run is over: `/tmp` and connections are dropped, and an interpreter that has grown too large. */
  end(): void;
}

export interface Runtime {
  state(): RuntimeState;
  subscribe(listener: () => void): () => void;
  /**
   * Starts booting; harmless when called again. With the workflow that is about to be opened: from what was kept of its packages,
   * where there is anything.
   */
  start(workflowId?: string | null): void;
  /** A workflow is opened: its packages are there when it is run, where they were kept. */
  prepare(workflowId: string): void;
  /** Begins a run of a workflow. Workers are not shared between workflows. */
  beginRun(options: {
    readonly workflowId: string;
    readonly network: RunNetwork;
    readonly packages: WorkflowPackages;
    /** In an interpreter with nothing installed. */
    readonly fresh?: boolean;
  }): RuntimeRun;
}
