/** A thread with a Python that blocks while it waits, as the product's worker where there is no JSPI. */
import path from "node:path";
import { parentPort } from "node:worker_threads";
import type { PyCallable } from "pyodide/ffi";
import { hearInterrupts, hookSignals, type SignalHook } from "../../interrupts.ts";
import { createBlocker, hookPoll, installSockets, type PollHook } from "../index.ts";
import type { BlockingWorkerMessage, BlockingWorkerStart } from "./blocking-python.ts";
import { writeBridge, writeFile } from "./python.ts";

const parent = parentPort;
if (!parent) throw new Error("This runs in a worker thread.");

// Before Pyodide is loaded, which looks for them once.
Reflect.deleteProperty(WebAssembly, "Suspending");
Reflect.deleteProperty(WebAssembly, "promising");

parent.once("message", async ({ memory, port }: BlockingWorkerStart) => {
  let hook: PollHook = { poll: null };
  let signals: SignalHook = { flag: null };
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = ((source: BufferSource, imports: WebAssembly.Imports) => {
    if (imports?.env?.__syscall_poll) {
      hook = hookPoll(imports);
      signals = hookSignals(imports);
    }
    return instantiate(source, imports);
  }) as typeof WebAssembly.instantiate;
  const { loadPyodide } = await import("pyodide");
  const pyodide = await loadPyodide({ indexURL: path.resolve("node_modules/pyodide"), packages: [] });
  for (const stream of ["Stdout", "Stderr"] as const)
    pyodide[`set${stream}`]({ write: (bytes) => bytes.length });
  writeBridge(pyodide);
  const blocker = createBlocker(memory, port, () => {});
  const network = installSockets(pyodide, blocker.link, { blocker, hook });
  hearInterrupts(pyodide, signals, memory);

  parent.on("message", (message: BlockingWorkerMessage) => {
    if (message.type === "write") return writeFile(pyodide, message.path, message.text);
    const namespace = pyodide.toPy({ __name__: "step" });
    let answer: { text: string } | { error: string };
    try {
      pyodide.runPython(message.source, { globals: namespace });
      pyodide.runPython(
        "async def _call(args):\n    from inspect import isawaitable\n    value = run(*args)\n    return await value if isawaitable(value) else value\ndef call(args):\n    from pyodide.ffi import run_sync\n    return run_sync(_call(args))",
        { globals: namespace },
      );
      const call = namespace.get(message.sync ? "run" : "call") as PyCallable;
      answer = { text: String(message.sync ? call(...message.args) : call(message.args)) };
    } catch (error) {
      answer = { error: String(error) };
    }
    network.abortAll();
    parent.postMessage(answer);
  });
  parent.postMessage({ text: "ready" });
});
