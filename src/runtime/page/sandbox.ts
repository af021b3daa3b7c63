import type { FrameToPage, OutputBatch, PageToFrame, RuntimeFile, SpawnOptions } from "../messages.ts";
import { markPage } from "../shared/marks.ts";

/** The page's handle on the sandboxed frame. */
export interface Sandbox {
  /** Hands over the runtime's files, each as soon as it is there; rejects when one can't be had. */
  initialise(files: Readonly<Record<RuntimeFile, Promise<Blob>>>): Promise<void>;
  /** Makes worker `id`, which waits for its files; it gets the control, sockets and fetch ports. */
  spawn(
    id: number,
    ports: readonly [MessagePort, MessagePort, MessagePort],
    listener: SandboxListener,
    options?: SpawnOptions,
  ): void;
  interrupt(worker: number, step: number): void;
  /** The page has taken so much of the worker's output so far (see shared/output-flow.ts). */
  outputTaken(worker: number, total: number): void;
  /** Takes the frame out of the page, and all that is in it. */
  remove(): void;
  /** Ends the worker, whatever it does. What it had gathered of its output and not sent; null where that can't be known. */
  kill(worker: number): Promise<OutputBatch | null>;
}

/** Hears of one worker. */
export interface SandboxListener {
  /** An error outside of Python. */
  onFailed(message: string): void;
  /** Output that the worker itself will send later, once it gets to that. */
  onPending(output: OutputBatch): void;
}

/** How long the frame may take to tell that a worker was killed, in milliseconds. */
const ANSWER_TIME = 3000;

/**
 * The hidden frame: the one that index.html has, so that the browser starts its process before any script of the page runs; else a
 * new one. Its document has an opaque origin: nothing of the app is within its reach. `onGone`: it does not answer any more, as
 * where the browser has ended its process for want of memory.
 */
export function openSandbox(url: string, onGone: () => void): Sandbox {
  const frame = document.querySelector<HTMLIFrameElement>(`iframe[src="${url}"]`) ?? makeFrame(url);
  const listeners = new Map<number, SandboxListener>();
  const kills = new Map<number, (output: OutputBatch | null) => void>();
  let isThere: () => void = () => {};
  const there = new Promise<void>((resolve) => {
    isThere = resolve;
  });

  const removed = new AbortController();

  const send = (message: PageToFrame, ports: readonly MessagePort[] = []) =>
    // "*": the frame's origin is opaque and has no name; only its window gets the message.
    frame.contentWindow?.postMessage(message, "*", [...ports]);

  function onMessage(event: MessageEvent<FrameToPage>): void {
    if (event.source !== frame.contentWindow) return;
    const message = event.data;
    if (message.type === "worker-failed") listeners.get(message.worker)?.onFailed(message.message);
    else if (message.type === "pending-output") listeners.get(message.worker)?.onPending(message.output);
    else if (message.type === "killed") {
      kills.get(message.worker)?.(message.output);
      kills.delete(message.worker);
    } else if (message.type === "hello") isThere();
    else {
      const problem = `Python could not be loaded: ${message.message}`;
      for (const listener of [...listeners.values()]) listener.onFailed(problem);
    }
  }
  addEventListener("message", onMessage, { signal: removed.signal });
  void there.then(() => {
    markPage("frame there");
  });
  if (frame.isConnected) send({ type: "greet" });
  else document.body.append(frame);

  return {
    async initialise(files) {
      const handed = Object.entries(files).map(async ([name, file]) => {
        const blob = await file;
        await there;
        send({ type: "file", name: name as RuntimeFile, blob });
      });
      await Promise.all(handed);
    },
    spawn(worker, ports, listener, options) {
      listeners.set(worker, listener);
      void there.then(() => send({ type: "spawn", worker, ...options }, ports));
    },
    interrupt: (worker, step) => send({ type: "interrupt", worker, step }),
    outputTaken: (worker, total) => send({ type: "output-taken", worker, total }),
    remove() {
      removed.abort();
      frame.remove();
    },
    kill(worker) {
      listeners.delete(worker);
      const killed = new Promise<OutputBatch | null>((resolve) => kills.set(worker, resolve));
      void there.then(() => {
        send({ type: "kill", worker });
        // The frame's thread is always free: no answer means that it isn't there. Nothing else tells.
        const gone = setTimeout(() => !removed.signal.aborted && onGone(), ANSWER_TIME);
        void killed.then(() => clearTimeout(gone));
      });
      return killed;
    },
  };
}

function makeFrame(url: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = url;
  frame.hidden = true;
  frame.title = "Python";
  frame.allow = "cross-origin-isolated";
  frame.sandbox.add("allow-scripts");
  return frame;
}
