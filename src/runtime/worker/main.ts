/**
 * Entry of the worker: boots Python from what the frame gives, then runs steps. No request leaves it; its three ports (control,
 * sockets, fetch) end at the page.
 */
import type { PyodideAPI } from "pyodide";
import type { FrameToWorker, PageToWorker, WorkerRequest, WorkerToFrame, WorkerToPage } from "../messages.ts";
import type { StepOutcome } from "../protocol.ts";
import { canSuspend } from "../shared/engine.ts";
import { type MarkTimes, markTime } from "../shared/marks.ts";
import { createOutputFlow } from "../shared/output-flow.ts";
import { openPending } from "../shared/pending-output.ts";
import { createBootFiles, localFiles, startPython } from "./boot.ts";
import { makeFetch } from "./fetch-tunnel.ts";
import { hearInterrupts } from "./interrupts.ts";
import { keepWorkflow } from "./keep.ts";
import { createKeptExports } from "./kept-exports.ts";
import { createOutput } from "./output.ts";
import { connectBridge } from "./python.ts";
import { createBlocker, createStoreReplies, installSockets, portLink } from "./sockets/index.ts";
import { createStopNote } from "./stop-note.ts";

// Steps need no workers of their own: these would go on after the step.
Reflect.deleteProperty(self, "Worker");

const times: MarkTimes = {};
markTime(times, "worker running");
const files = createBootFiles();

self.onmessage = (event: MessageEvent<FrameToWorker>) => {
  const message = event.data;
  if (message.type === "start") void start(message, event.ports);
  else files.take(message);
};

async function start(
  { shared, pending, ...options }: Extract<FrameToWorker, { type: "start" }>,
  [control, sockets, fetches]: readonly MessagePort[],
): Promise<void> {
  if (!control || !sockets || !fetches) return;
  markTime(times, "worker asked");
  const send = (message: WorkerToPage, transfer: Transferable[] = []) =>
    control.postMessage(message, transfer);
  try {
    self.fetch = makeFetch(fetches, localFiles(files));
    const { pyodide, hook, signals, packages, finish } = await startPython(files, options, times);
    if (options.keep !== undefined) {
      finish();
      control.postMessage(await keepWorkflow(pyodide, options.keep));
      return;
    }
    const output = createOutput(
      (batch) => send({ type: "output", ...batch }, [batch.bytes, batch.stretches.buffer]),
      createOutputFlow(shared),
      openPending(pending),
      (batch) => self.postMessage(batch satisfies WorkerToFrame),
    );
    // No timer of the output fires while the thread is blocked.
    const blocker = canSuspend() ? null : createBlocker(sharedMemory(shared), sockets, output.flush);
    const kept = createKeptExports();
    let current = 0;
    let isWarm = false;
    /** The step whose exports Python has read for the next one. */
    let prepared: number | null = null;
    const bridge = connectBridge(pyodide, packages, blocker === null, {
      send,
      exports(bytes) {
        if (!isWarm) return;
        const { buffer } = bytes.slice();
        send({ type: "exports", bytes: buffer, kept: kept.keep(current, bytes) }, [buffer]);
      },
      dataStore: (request) => send({ type: "data-store", id: current, request }),
    });
    const store = createStoreReplies();
    const link = blocker?.link ?? portLink(sockets);
    const network = installSockets(pyodide, link, blocker && { blocker, hook }, store);
    pyodide.setStdout(output.handler("stdout"));
    pyodide.setStderr(output.handler("stderr"));
    const crashed = (error: unknown) => {
      output.flush();
      send({ type: "crashed", message: textOf(error) });
    };
    onFatalError(pyodide, crashed);
    const note = createStopNote(shared);
    if (shared) hearInterrupts(pyodide, signals, shared);

    /** Does what `work` says and reports its outcome, a JSON text. */
    const run = async (id: number, work: () => Promise<string>) => {
      let outcome: string;
      current = id;
      store.begin(id);
      try {
        note.clearInterrupt();
        note.begins(id);
        outcome = await work();
      } catch (error) {
        // Past the bridge come only a stop that hit the bridge itself, and an interpreter that can't go on.
        if (!/KeyboardInterrupt|CancelledError/.test(textOf(error))) {
          crashed(error);
          return false;
        }
        outcome = JSON.stringify({ status: "stopped" } satisfies StepOutcome);
      }
      note.settled(id);
      network.abortAll();
      note.clearInterrupt();
      output.flush();
      send({ type: "done", id, outcome, heapBytes: heapBytes(pyodide) });
      return (JSON.parse(outcome) as StepOutcome).status === "success";
    };

    const installed = async (ensuring: Promise<string>): Promise<{ status: string; error?: unknown }> => {
      const result = JSON.parse(await ensuring);
      send({ type: "phase", text: "" });
      return result;
    };
    const runStep = async (id: number, { request, steps, isFollowed }: WorkerRequest) => {
      const ready = prepared;
      prepared = null;
      const succeeded = await run(id, async () => {
        const { name, code } = request;
        if (!bridge.hasPackages(name, code)) {
          const result = await installed(bridge.ensurePackages(name, code));
          if (result.status !== "ok") return JSON.stringify(result);
        }
        send({ type: "running", id });
        return bridge.runStep(
          JSON.stringify(request),
          steps.map(({ name }) => name),
          steps.map((step) => ("kept" in step && step.kept === ready ? undefined : kept.resolve(step))),
        );
      });
      // While the page looks through them for secrets; it may still send others.
      if (succeeded && isFollowed && bridge.prepare()) prepared = id;
      if (Object.keys(request.inputs).length === 0) return;
      try {
        bridge.dropLeftovers();
      } catch {
        // The interpreter has crashed, or a Stop came late: either is seen to elsewhere.
      }
    };
    const installAll = (id: number) =>
      run(id, async () => {
        const result = await installed(bridge.ensureAllPackages());
        return JSON.stringify(
          result.status === "ok" ? { status: "success", exit: null, wait: null } : result,
        );
      });

    const take = ({ data }: MessageEvent<PageToWorker>) => {
      if (data.type === "begin-run") {
        kept.clear();
        prepared = null;
        bridge.beginRun(data.packagesJson);
      } else if (data.type === "install") void installAll(data.id);
      else if (data.type === "step") void runStep(data.id, data.step);
      else {
        // That this message is handled at all says that Python is suspended (sleep, recv, await): it is woken here, and the
        // frame keeps its signal back, which would go off in the event loop's code and lose the cancel.
        note.settled(data.id);
        note.clearInterrupt();
        const cancelled = bridge.cancelAll();
        // A blocking recv ends with EINTR, and there the signal is what raises.
        if (network.abortAll() > 0 && cancelled === 0) note.raiseInterrupt();
      }
    };
    markTime(times, "bridge connected");
    send({ type: "ready", pythonVersion: bridge.pythonVersion, times });
    try {
      finish();
      bridge.finish();
      await bridge.warmUp();
    } catch (error) {
      crashed(error);
    }
    isWarm = true;
    // What has come meanwhile has waited.
    control.onmessage = take;
  } catch (error) {
    send({
      type: "boot-failed",
      message: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error),
    });
  }
}

/** Throws an Error that says what the browser lacks. */
function sharedMemory(shared: SharedArrayBuffer | null): SharedArrayBuffer {
  if (shared) return shared;
  throw new Error(
    "This browser can run Python neither with WebAssembly JSPI nor with shared memory. Use a current Chrome, Edge, Firefox or Safari, and open the page by the address that npm start prints.",
  );
}

function heapBytes(pyodide: PyodideAPI): number {
  return (pyodide as PyodideAPI & { _module: { HEAPU8: Uint8Array } })._module.HEAPU8.length;
}

/** After a fatal error (stack or memory gone) nothing in the interpreter settles any more: its promises hang. */
function onFatalError(pyodide: PyodideAPI, listener: (error: unknown) => void): void {
  (pyodide as PyodideAPI & { _api: { on_fatal?: (error: unknown) => void } })._api.on_fatal = listener;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
