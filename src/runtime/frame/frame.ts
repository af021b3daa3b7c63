/**
 * The sandboxed document: opaque origin, no network. Compiles Pyodide once, keeps its bytes, makes and ends the workers.
 * Its one script stands inline in frame.html and is allowed by its hash.
 */
import type {
  FrameToPage,
  LockFile,
  PageToFrame,
  RuntimeFile,
  SpawnOptions,
  WorkerBoot,
  WorkerToFrame,
} from "../messages.ts";
import { carrySockets } from "../shared/carry-sockets.ts";
import { canRestore, canSuspend } from "../shared/engine.ts";
import { tellOutputTaken } from "../shared/output-flow.ts";
import { createPendingMemory, readPending } from "../shared/pending-output.ts";
import { createRingMemory, interrupt, notedStep } from "../shared/ring.ts";

/** How long a worker has to note a stop by itself before the interrupt flag is raised, in milliseconds. */
const NOTE_TIME = 25;
/** After this time a batch of output that the worker has not sent is passed on from here, in milliseconds. */
const PENDING_TIME = 50;

interface Assets extends Omit<WorkerBoot, "shared" | "pending" | "stdlib" | "snapshot" | "files" | "keep"> {
  readonly stdlib: ArrayBuffer;
  readonly snapshot: ArrayBuffer | null;
  readonly workerUrl: string;
}

interface FrameWorker {
  readonly worker: Worker;
  readonly shared: SharedArrayBuffer | null;
  readonly pending: SharedArrayBuffer | null;
}

/** Held for the page, which sees them close. */
const lifelines: MessagePort[] = [];
const workers = new Map<number, FrameWorker>();
let assets: Assets | null = null;

// The frame's origin is opaque, so the parent is told from others by its window, not by its origin.
const tell = (message: FrameToPage) => parent.postMessage(message, "*");

addEventListener("message", (event: MessageEvent<PageToFrame>) => {
  if (event.source !== parent) return;
  const message = event.data;
  if (message.type === "init") {
    lifelines.push(...event.ports);
    void initialise(message.files);
  } else if (message.type === "spawn") void spawn(message.worker, event.ports, message);
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

async function initialise(files: Readonly<Record<RuntimeFile, Blob>>): Promise<void> {
  try {
    const [module, stdlib, snapshot, pyodide, pyodideAsm, worker, sources, micropip, lock] =
      await Promise.all([
        files.wasm.arrayBuffer().then((bytes) => WebAssembly.compile(bytes)),
        files.stdlib.arrayBuffer(),
        canRestore() ? files.snapshot.arrayBuffer() : null,
        files.pyodide.text(),
        files.pyodideAsm.text(),
        files.worker.text(),
        files.sources.text(),
        files.micropip.arrayBuffer(),
        files.lock.text(),
      ]);
    assets = {
      module,
      stdlib,
      snapshot,
      pyodide,
      pyodideAsm,
      sources: JSON.parse(sources) as Record<string, string>,
      micropip: new Uint8Array(micropip),
      lock: JSON.parse(lock) as LockFile,
      // A module worker of an opaque origin starts from a data: URL only; blob: ones fail silently.
      workerUrl: `data:text/javascript;charset=utf-8,${encodeURIComponent(worker)}`,
    };
    tell({ type: "initialised" });
  } catch (error) {
    tell({ type: "init-failed", message: String(error) });
  }
}

async function spawn(
  id: number,
  [control, sockets, fetches]: readonly MessagePort[],
  { from, keep }: SpawnOptions,
): Promise<void> {
  if (!assets || !control || !sockets || !fetches) return;
  const { workerUrl, ...boot } = assets;
  const worker = new Worker(workerUrl, { type: "module" });
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
  const stdlib = boot.stdlib.slice(0);
  const kept = from && boot.snapshot ? await readKept(from) : null;
  const snapshot = kept?.memory ?? boot.snapshot?.slice(0) ?? null;
  const files = kept?.files ?? null;
  const message: WorkerBoot = { ...boot, stdlib, snapshot, files, keep: keep ?? null, shared, pending };
  const network = shared && !canSuspend() ? carrySockets(sockets, shared) : sockets;
  const transfer = [control, network, fetches, stdlib];
  worker.postMessage(message, [...transfer, ...(snapshot ? [snapshot] : []), ...(files ? [files] : [])]);
}

/** Null where the browser has lost them. */
async function readKept({ memory, files }: NonNullable<SpawnOptions["from"]>) {
  try {
    const [bytes, packed] = await Promise.all([memory.arrayBuffer(), files.arrayBuffer()]);
    return { memory: bytes, files: packed };
  } catch {
    return null;
  }
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
  worker.onmessage = ({ data: batch }: MessageEvent<WorkerToFrame>) => {
    // Steps can send such messages as well: no more than one is waited for.
    if (watching) return;
    watching = true;
    setTimeout(() => {
      watching = false;
      const output = readPending(pending);
      if (output?.number === batch && workers.has(id)) tell({ type: "pending-output", worker: id, output });
    }, PENDING_TIME);
  };
}

function shareMemory(): SharedArrayBuffer {
  return createRingMemory(canSuspend() ? 0 : undefined);
}

function interruptStep(id: number, step: number): void {
  const shared = workers.get(id)?.shared;
  if (shared && Atomics.load(notedStep(shared), 0) < step) interrupt(shared);
}
