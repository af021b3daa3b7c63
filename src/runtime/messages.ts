/** Messages between the page, the sandboxed frame and its workers. Private to this room: others see `protocol.ts`. */

import type { StepEvent, StepRequest } from "./protocol.ts";
import type { MarkTimes } from "./shared/marks.ts";

/** Files of a runtime build that the page keeps as Blobs and hands to the frame. */
export const RUNTIME_FILES = {
  wasm: "pyodide.asm.wasm",
  stdlib: "python_stdlib.zip",
  snapshot: "snapshot.bin",
  pyodide: "pyodide.mjs",
  pyodideAsm: "pyodide.asm.mjs",
  sources: "sources.json",
  micropip: "micropip.zip",
  lock: "lock.json",
} as const;
export type RuntimeFile = keyof typeof RUNTIME_FILES;

/** `manifest.json` of a runtime build. */
export interface RuntimeManifest {
  /** Hash over all files: the key under which they are stored. */
  readonly version: string;
  readonly pythonVersion: string;
  readonly pyodideVersion: string;
  /** The package index that micropip takes by default. */
  readonly defaultIndexUrl: string;
  /** Where Pyodide's own packages lie by default. */
  readonly distributionUrl: string;
  /** Files of Pyodide's distribution that may be asked for: name → sha256. */
  readonly distribution: Readonly<Record<string, string>>;
}

/** What Python's package installer needs to know of Pyodide's distribution; part of `lock.json`. */
export interface LockFile {
  readonly lock: unknown;
  readonly packages: {
    readonly purePackages: Readonly<Record<string, readonly string[]>>;
    readonly imports: Readonly<Record<string, string>>;
  };
}

/** What a worker starts from, and for. */
export interface SpawnOptions {
  /** Starts from a workflow's snapshot in the place of the build's. */
  readonly from?: { readonly memory: Blob; readonly files: Blob } | undefined;
  /** JSON text of a `KeepRequest`: it makes such a snapshot, and runs no steps. */
  readonly keep?: string | undefined;
}

export type PageToFrame =
  /** Asks for another `hello`: the first may have been before anybody listened. */
  | { readonly type: "greet" }
  | { readonly type: "file"; readonly name: RuntimeFile; readonly blob: Blob }
  /** Carries three ports: control, sockets, fetch. */
  | ({ readonly type: "spawn"; readonly worker: number } & SpawnOptions)
  /** Raise KeyboardInterrupt in `worker` unless it has noted by itself that `step` is being stopped. */
  | { readonly type: "interrupt"; readonly worker: number; readonly step: number }
  /** So much of the worker's output has the page taken so far (see shared/output-flow.ts). */
  | { readonly type: "output-taken"; readonly worker: number; readonly total: number }
  | { readonly type: "kill"; readonly worker: number };

export type FrameToPage =
  | { readonly type: "hello" }
  /** No worker can be made of the files that were given. */
  | { readonly type: "init-failed"; readonly message: string }
  | { readonly type: "worker-failed"; readonly worker: number; readonly message: string }
  /** What the worker has gathered for a while and not sent: it is busy with something else. It will send all of the batch later. */
  | { readonly type: "pending-output"; readonly worker: number; readonly output: OutputBatch }
  /** It is gone. `output`: what it had not sent. */
  | { readonly type: "killed"; readonly worker: number; readonly output: OutputBatch | null };

/** Files that a worker reads itself; the frame compiles the other one, once for all workers. */
export type WorkerFile = Exclude<RuntimeFile, "wasm">;

export type FrameToWorker =
  /** The first message; carries the three ports. Where Python blocks, the sockets port leads to the frame only. */
  | ({
      readonly type: "start";
      /** See shared/ring.ts; null where the browser gives none. */
      readonly shared: SharedArrayBuffer | null;
      /** See shared/pending-output.ts; null where the browser gives none. */
      readonly pending: SharedArrayBuffer | null;
    } & SpawnOptions)
  | { readonly type: "file"; readonly name: WorkerFile; readonly blob: Blob }
  | { readonly type: "module"; readonly module: WebAssembly.Module };

/** One earlier step's exports: UTF-8 JSON, or those that the worker sent for the step of this id in the same run. */
export type SentExports = { readonly name: string } & (
  | { readonly bytes: ArrayBuffer }
  | { readonly kept: number }
);

/** A step to run. `request` goes to Python as one JSON text, the large parts as they are. */
export interface WorkerRequest {
  readonly request: Omit<StepRequest, "timeLimitMs" | "steps" | "isFollowed" | "dataStore"> & {
    /** Its name. */
    readonly dataStore: string | null;
  };
  readonly steps: readonly SentExports[];
  readonly isFollowed: boolean;
}

export type PageToWorker =
  /** `packagesJson`: JSON text of `WorkflowPackages`. */
  | { readonly type: "begin-run"; readonly packagesJson: string }
  /** Installs what all steps need. */
  | { readonly type: "install"; readonly id: number }
  | { readonly type: "step"; readonly id: number; readonly step: WorkerRequest }
  | { readonly type: "stop"; readonly id: number };

/** What Python wrote, bytes of both streams in their order. */
export interface OutputBatch {
  /** Counted up from 0 in each worker. */
  readonly number: number;
  readonly bytes: ArrayBuffer;
  /** Numbers of bytes: of stdout, then of stderr, of stdout again and so on. */
  readonly stretches: Uint32Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What becomes of `keep`. */
export type KeepMessage =
  | { readonly type: "kept"; readonly memory: Blob; readonly files: Blob }
  | { readonly type: "kept-nothing" }
  /** Packages that are in the way. */
  | {
      readonly type: "not-kept";
      readonly without: readonly string[];
      readonly unimported: readonly string[];
    };

/** From a worker to its frame: the number of a batch of output that it has gathered, and can't send if its thread blocks. */
export type WorkerToFrame = number;

/**
 * What Python wants of the step's data store. They are answered in their order, over the sockets' port (`StoreReply` as a frame of its
 * own kind): it reaches a worker that blocks as well.
 */
export type StoreRequest = {
  /** Counted up from 1 in each step. */
  readonly number: number;
  /** How many failures Python had been told when it sent this: after one that it doesn't know of nothing more is done. */
  readonly failures: number;
} & (StoreChange | StoreQuery);

/** `ttl`: seconds; null: it never expires. */
export type StoreChange =
  | { readonly op: "set"; readonly key: string; readonly json: string; readonly ttl: number | null }
  | { readonly op: "delete"; readonly key: string }
  | { readonly op: "clear" };

export type StoreQuery =
  | { readonly op: "get"; readonly key: string }
  | { readonly op: "expire"; readonly key: string; readonly ttl: number | null }
  | { readonly op: "count" }
  | { readonly op: "keys" | "items"; readonly after: string | null; readonly limit: number };

/** The answer to a request, and to all changes before it. */
export interface StoreReply {
  readonly number: number;
  readonly answer?: unknown;
  /** Why it failed, a sentence. */
  readonly error?: string;
  /** How many failures there have been, this one included. */
  readonly failures: number;
}

export type WorkerToPage =
  | { readonly type: "ready"; readonly pythonVersion: string; readonly times: MarkTimes }
  | { readonly type: "boot-failed"; readonly message: string }
  | ({ readonly type: "output" } & OutputBatch)
  | Extract<StepEvent, { type: "phase" }>
  /** UTF-8 JSON of all exports so far. `kept`: the worker has a copy, until the run's end, under the step's id. */
  | { readonly type: "exports"; readonly bytes: ArrayBuffer; readonly kept: boolean }
  /** `head`: JSON text of a `TableHead`, `ImageHead` or `TextHead`. */
  | { readonly type: "display"; readonly head: string; readonly parts: readonly ArrayBuffer[] }
  | { readonly type: "installed" | "locked"; readonly json: string }
  /** JSON text of a `StoreRequest`. */
  | { readonly type: "data-store"; readonly id: number; readonly request: string }
  /** Packages are there; the step's own code begins: its time limit counts from here. */
  | { readonly type: "running"; readonly id: number }
  /** JSON text of a StepOutcome. `heapBytes`: Python's memory, which grows only. */
  | { readonly type: "done"; readonly id: number; readonly outcome: string; readonly heapBytes: number }
  /** The interpreter is beyond repair. */
  | { readonly type: "crashed"; readonly message: string };
