import type { PyodideAPI } from "pyodide";
import type { PyCallable, PyProxy } from "pyodide/ffi";
import type { LockFile, WorkerToPage } from "../messages.ts";

/** The bridge's entry points. Values cross as arguments, JSON texts mostly; no Python source is ever built from them. */
export interface PythonBridge {
  /** `packagesJson`: JSON text of `WorkflowPackages`. */
  beginRun(packagesJson: string): void;
  /** Installs what a step's code imports. JSON text: `{status, error?}`. */
  ensurePackages(step: string, code: string): Promise<string>;
  /** As `ensurePackages`, for all steps of the workflow. */
  ensureAllPackages(): Promise<string>;
  /** Runs a step: JSON text of a request to JSON text of a StepOutcome. */
  runStep(requestJson: string): Promise<string>;
  /** Cancels asyncio's tasks; how many there were. */
  cancelAll(): number;
}

/** Folder of the bridge's Python in the interpreter; the build writes it. */
const SITE = "/lib/runnel";

/**
 * Connects the bridge to its host module and to the start's facts. `send` passes its messages to the page. `suspends`: Python is
 * suspended while it waits; else its steps block.
 */
export function connectBridge(
  pyodide: PyodideAPI,
  packages: LockFile["packages"],
  send: (message: WorkerToPage) => void,
  suspends: boolean,
): PythonBridge {
  pyodide.registerJsModule("_runnel_host", {
    phase: (text: string) => send({ type: "phase", text }),
    exports: (json: string) => send({ type: "exports", json }),
    installed: (json: string) => send({ type: "installed", json }),
    locked: (json: string) => send({ type: "locked", json }),
  });
  // A restored interpreter has it already; a raw one must learn where the bridge is, and imports it here.
  call(
    pyodide.runPython(
      "lambda site: __import__('sys').path.insert(0, site) if site not in __import__('sys').path else None",
    ),
    SITE,
  );
  pyodide.runPython("import importlib; importlib.invalidate_caches()");
  const session = pyodide.pyimport("runnel.session");
  const packagesModule = pyodide.pyimport("runnel.packages");
  const step = pyodide.pyimport("runnel.step");
  packagesModule.configure(JSON.stringify(packages));
  const ensure = packagesModule.ensure as PyCallable;
  const ensureAll = packagesModule.ensure_all as PyCallable;
  const runStep = step.run_step as PyCallable;
  // callPromising: only a call made so may suspend, which every network call inside needs.
  const waitFor = async (callable: PyCallable, ...args: string[]) =>
    awaitText(suspends ? await callable.callPromising(...args) : callable(...args));
  return {
    beginRun: (packagesJson) => {
      session.begin_run();
      packagesModule.begin_run(packagesJson);
    },
    ensurePackages: (name, code) => waitFor(ensure, name, code),
    ensureAllPackages: () => waitFor(ensureAll),
    runStep: (requestJson) => waitFor(runStep, requestJson),
    cancelAll: () => Number(step.cancel_all()),
  };
}

async function awaitText(result: unknown): Promise<string> {
  return String(await (result as Promise<unknown>));
}

function call(callable: unknown, ...args: unknown[]): void {
  (callable as PyCallable)(...args);
  (callable as PyProxy).destroy();
}
