import type { PyodideAPI } from "pyodide";
import type { PyBuffer, PyCallable, PyProxy } from "pyodide/ffi";
import type { LockFile, WorkerRequest, WorkerToPage } from "../messages.ts";
import type { WorkflowPackages } from "../protocol.ts";

/** The bridge's entry points. Values cross as arguments, JSON texts mostly; no Python source is ever built from them. */
export interface PythonBridge {
  readonly pythonVersion: string;
  /** What can wait until Python is ready, and must be before the first run. */
  finish(): void;
  /**
   * Runs a step that does nothing: what a first run is slow in (the engine compiles each function at its first call) is over then.
   * To be called once, after `finish`.
   */
  warmUp(): Promise<void>;
  /** `packagesJson`: JSON text of `WorkflowPackages`. */
  beginRun(packagesJson: string): void;
  /** Whether `ensurePackages` would find nothing to do. Unlike it, this takes no turn of the event loop. */
  hasPackages(step: string, code: string): boolean;
  /** Installs what a step's code imports. JSON text: `{status, error?}`. */
  ensurePackages(step: string, code: string): Promise<string>;
  /** As `ensurePackages`, for all steps of the workflow. */
  ensureAllPackages(): Promise<string>;
  /**
   * Runs a step: JSON text of a request to JSON text of a StepOutcome. `exports`: UTF-8 JSON of what the steps `names` exported;
   * undefined for what `prepare` has read.
   */
  runStep(
    requestJson: string,
    names: readonly string[],
    exports: readonly (Uint8Array | undefined)[],
  ): Promise<string>;
  /** Reads the exports of the step that was run last, for the next one; whether they are there. */
  prepare(): boolean;
  /** After a step with accounts: what it left of them in the interpreter is dropped. */
  dropLeftovers(): void;
  /** Cancels asyncio's tasks; how many there were. */
  cancelAll(): number;
}

/** Where what the bridge says goes. */
export interface BridgeListener {
  /** `transfer`: buffers in it that need not be copied. */
  send(message: WorkerToPage, transfer?: Transferable[]): void;
  /** UTF-8 JSON of all exports so far; the bytes are the listener's. */
  exports(bytes: Uint8Array<ArrayBuffer>): void;
  /** JSON text of a `StoreRequest` of the step that runs. */
  dataStore(request: string): void;
}

const noPackages: WorkflowPackages = { steps: [], lock: [] };
const nothing: WorkerRequest["request"] = {
  name: "nothing",
  code: "def handler(pd):\n    pass\n",
  inputs: {},
  unconnected: [],
  dataStore: null,
  env: {},
  flow: { urls: { resume_url: "", cancel_url: "" }, run: { runs: 1, context: null } },
};

/** Connects the bridge to its host module and to the start's facts. `suspends`: Python is suspended while it waits; else its steps block. */
export function connectBridge(
  pyodide: PyodideAPI,
  packages: LockFile["packages"],
  suspends: boolean,
  { send, exports, dataStore }: BridgeListener,
): PythonBridge {
  pyodide.registerJsModule("_runnel_host", {
    phase: (text: string) => send({ type: "phase", text }),
    exports: (json: PyBuffer) => exports(copyOf(json)),
    display: (head: string, parts: PyProxy & Iterable<PyBuffer>) => {
      const copies: ArrayBuffer[] = [];
      // Each is lent for its turn only.
      for (const part of parts) copies.push(copyOf(part).buffer);
      send({ type: "display", head, parts: copies }, copies);
    },
    data_store: dataStore,
    installed: (json: string) => send({ type: "installed", json }),
    locked: (json: string) => send({ type: "locked", json }),
  });
  const session = pyodide.pyimport("runnel.session");
  const packagesModule = pyodide.pyimport("runnel.packages");
  const step = pyodide.pyimport("runnel.step");
  const ensure = packagesModule.ensure as PyCallable;
  const ensureAll = packagesModule.ensure_all as PyCallable;
  const runStep = step.run_step as PyCallable;
  // callPromising: only a call made so may suspend, which every network call inside needs.
  const waitFor = async (callable: PyCallable, ...args: unknown[]) =>
    awaitText(suspends ? await callable.callPromising(...args) : callable(...args));
  return {
    pythonVersion: String(pyodide.pyimport("platform").python_version()),
    finish: () => packagesModule.configure(JSON.stringify(packages)),
    async warmUp() {
      session.begin_run();
      packagesModule.begin_run(JSON.stringify(noPackages));
      await waitFor(runStep, JSON.stringify(nothing), [], []);
    },
    beginRun: (packagesJson) => {
      session.begin_run();
      packagesModule.begin_run(packagesJson);
    },
    hasPackages: (name, code) => Boolean(packagesModule.is_ensured(name, code)),
    ensurePackages: (name, code) => waitFor(ensure, name, code),
    ensureAllPackages: () => waitFor(ensureAll),
    runStep: (requestJson, names, texts) => waitFor(runStep, requestJson, names, texts),
    prepare: () => Boolean(step.prepare()),
    dropLeftovers: () => step.drop_leftovers(),
    cancelAll: () => Number(step.cancel_all()),
  };
}

/** Python's memory moves and is used again: what leaves it is copied. */
function copyOf(bytes: PyBuffer): Uint8Array<ArrayBuffer> {
  const view = bytes.getBuffer("u8");
  try {
    return new Uint8Array(view.data);
  } finally {
    view.release();
  }
}

async function awaitText(result: unknown): Promise<string> {
  return String(await (result as Promise<unknown>));
}
