/**
 * The sandboxed document: opaque origin, no network. Compiles Pyodide once, keeps its files, makes and ends the workers.
 * Its one script stands inline in frame.html and is allowed by its hash.
 */
import type {
  FrameToPage,
  FrameToWorker,
  PageToFrame,
  RuntimeFile,
  SpawnOptions,
  WorkerFile,
  WorkerToFrame,
} from "../messages.ts";
import { createOffences } from "../network/offences.ts";
import { carrySockets } from "../shared/carry-sockets.ts";
import { canSuspend } from "../shared/engine.ts";
import { tellOutputTaken } from "../shared/output-flow.ts";
import { createPendingMemory, readPending } from "../shared/pending-output.ts";
import { begunStep, createRingMemory, interrupt, notedStep } from "../shared/ring.ts";

/** The worker's script; the build puts it in. */
declare const WORKER_SCRIPT: string;

/** How long a worker has to note a stop by itself before the interrupt flag is raised, in milliseconds. */
const NOTE_TIME = 25;
/** Where the step has not begun by then, it is looked at again after this time. */
const BEGIN_TIME = 5;
/** Messages of a worker in a quarter of a second that are a flood: ours send one for each batch of output at most. */
const FLOOD_MESSAGES = 2000;
/** How page/errors.ts knows it. */
const FLOOD = "A flood of messages.";
/** After this time a batch of output that the worker has not sent is passed on from here, in milliseconds. */
const PENDING_TIME = 50;

interface FrameWorker {
  readonly worker: Worker;
  readonly shared: SharedArrayBuffer | null;
  readonly pending: SharedArrayBuffer | null;
}

// A module worker of an opaque origin starts from a data: URL only; blob: ones fail silently.
const workerUrl = `data:text/javascript;charset=utf-8,${encodeURIComponent(WORKER_SCRIPT)}`;
const files = new Map<WorkerFile, Blob>();
let module: WebAssembly.Module | null = null;
const workers = new Map<number, FrameWorker>();
/** The first worker's thread starts while its files are still on their way. */
let prepared: Worker | null = makeWorker();
prepared.onerror = () => {
  // The next one will fail as well, and somebody hears of it then.
  prepared = null;
};

// The frame's origin is opaque, so the parent is told from others by its window, not by its origin.
const tell = (message: FrameToPage) => parent.postMessage(message, "*");

addEventListener("message", (event: MessageEvent<PageToFrame>) => {
  if (event.source !== parent) return;
  const message = event.data;
  if (message.type === "greet") tell({ type: "hello" });
  else if (message.type === "file") takeFile(message.name, message.blob);
  else if (message.type === "spawn") spawn(message.worker, event.ports, message);
  else if (message.type === "interrupt")
    setTimeout(() => interruptStep(message.worker, message.step), NOTE_TIME);
  else if (message.type === "output-taken") {
    const shared = workers.get(message.worker)?.shared;
    if (shared) tellOutputTaken(shared, message.total);
  } else {
    kill(message.worker);
  }
});
tell({ type: "hello" });

/** Workers read their files themselves: what they get of them is nobody else's, and no copy is made here. */
function takeFile(name: RuntimeFile, blob: Blob): void {
  if (name === "wasm") void compile(blob);
  else {
    files.set(name, blob);
    sendAll({ type: "file", name, blob });
  }
}

async function compile(wasm: Blob): Promise<void> {
  try {
    module = await WebAssembly.compile(await wasm.arrayBuffer());
    sendAll({ type: "module", module });
  } catch (error) {
    tell({ type: "init-failed", message: String(error) });
  }
}

function sendAll(message: FrameToWorker): void {
  for (const { worker } of workers.values()) worker.postMessage(message);
}

function makeWorker(): Worker {
  return new Worker(workerUrl, { type: "module" });
}

function spawn(
  id: number,
  [control, sockets, fetches]: readonly MessagePort[],
  { from, keep }: SpawnOptions,
): void {
  if (!control || !sockets || !fetches) return;
  const worker = prepared ?? makeWorker();
  prepared = null;
  // Made here: a SharedArrayBuffer can't cross from the page into another agent cluster.
  const shared = crossOriginIsolated ? shareMemory() : null;
  const pending = crossOriginIsolated ? createPendingMemory() : null;
  workers.set(id, { worker, shared, pending });
  if (pending) watchPending(id, worker, pending);
  worker.onerror = (event) => {
    // An interrupt that went off outside Python; the step's promise carries it as well.
    if (event.message?.includes("KeyboardInterrupt")) return;
    tell({ type: "worker-failed", worker: id, message: event.message || "The worker could not be started." });
  };
  const send = (message: FrameToWorker, ports: MessagePort[] = []) => worker.postMessage(message, ports);
  const network = shared && !canSuspend() ? carrySockets(sockets, shared) : sockets;
  send({ type: "start", shared, pending, from, keep }, [control, network, fetches]);
  for (const [name, blob] of files) send({ type: "file", name, blob });
  if (module) send({ type: "module", module });
}

function kill(id: number): void {
  const entry = workers.get(id);
  workers.delete(id);
  entry?.worker.terminate();
  tell({ type: "killed", worker: id, output: entry?.pending ? readPending(entry.pending) : null });
}

/** Tells the page what the worker has gathered when the worker doesn't come to it. */
function watchPending(id: number, worker: Worker, pending: SharedArrayBuffer): void {
  let watching = false;
  let latest = 0;
  const offences = createOffences(undefined, FLOOD_MESSAGES);
  /** Steps can send such messages as well: one batch at a time is waited for, and the latest after it. */
  function watch(): void {
    const batch = latest;
    watching = true;
    setTimeout(() => {
      watching = false;
      const output = readPending(pending);
      if (!workers.has(id)) return;
      if (output?.number === batch) tell({ type: "pending-output", worker: id, output });
      else if (latest !== batch) watch();
    }, PENDING_TIME);
  }
  worker.onmessage = ({ data: batch }: MessageEvent<WorkerToFrame>) => {
    if (!offences.message()) {
      worker.onmessage = null;
      worker.terminate();
      tell({ type: "worker-failed", worker: id, message: FLOOD });
      return;
    }
    latest = batch;
    if (!watching) watch();
  };
}

function shareMemory(): SharedArrayBuffer {
  return createRingMemory(canSuspend() ? 0 : undefined);
}

function interruptStep(id: number, step: number): void {
  const shared = workers.get(id)?.shared;
  if (!shared || Atomics.load(notedStep(shared), 0) >= step) return;
  // A signal before its time would hit what makes the interpreter ready for the run, and be gone by then.
  if (Atomics.load(begunStep(shared), 0) < step) setTimeout(() => interruptStep(id, step), BEGIN_TIME);
  else interrupt(shared);
}
