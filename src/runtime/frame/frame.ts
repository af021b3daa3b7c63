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
} from "../messages.ts";
import { carrySockets } from "../shared/carry-sockets.ts";
import { canRestore, canSuspend } from "../shared/engine.ts";
import { tellOutputTaken } from "../shared/output-flow.ts";
import { createRingMemory, interrupt, notedStep } from "../shared/ring.ts";

/** How long a worker has to note a stop by itself before the interrupt flag is raised, in milliseconds. */
const NOTE_TIME = 25;

interface Assets extends Omit<WorkerBoot, "shared" | "stdlib" | "snapshot" | "files" | "keep"> {
  readonly stdlib: ArrayBuffer;
  readonly snapshot: ArrayBuffer | null;
  readonly workerUrl: string;
}

const workers = new Map<number, { worker: Worker; shared: SharedArrayBuffer | null }>();
let assets: Assets | null = null;

// The frame's origin is opaque, so the parent is told from others by its window, not by its origin.
const tell = (message: FrameToPage) => parent.postMessage(message, "*");

addEventListener("message", (event: MessageEvent<PageToFrame>) => {
  if (event.source !== parent) return;
  const message = event.data;
  if (message.type === "init") void initialise(message.files);
  else if (message.type === "spawn") void spawn(message.worker, event.ports, message);
  else if (message.type === "interrupt")
    setTimeout(() => interruptStep(message.worker, message.step), NOTE_TIME);
  else if (message.type === "output-taken") {
    const shared = workers.get(message.worker)?.shared;
    if (shared) tellOutputTaken(shared, message.total);
  } else {
    workers.get(message.worker)?.worker.terminate();
    workers.delete(message.worker);
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
  workers.set(id, { worker, shared });
  worker.onerror = (event) => {
    // An interrupt that went off outside Python; the step's promise carries it as well.
    if (event.message?.includes("KeyboardInterrupt")) return;
    tell({ type: "worker-failed", worker: id, message: event.message || "The worker could not be started." });
  };
  const stdlib = boot.stdlib.slice(0);
  const kept = from && boot.snapshot ? await readKept(from) : null;
  const snapshot = kept?.memory ?? boot.snapshot?.slice(0) ?? null;
  const files = kept?.files ?? null;
  const message: WorkerBoot = { ...boot, stdlib, snapshot, files, keep: keep ?? null, shared };
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

function shareMemory(): SharedArrayBuffer {
  return createRingMemory(canSuspend() ? 0 : undefined);
}

function interruptStep(id: number, step: number): void {
  const shared = workers.get(id)?.shared;
  if (shared && Atomics.load(notedStep(shared), 0) < step) interrupt(shared);
}
