import type { FrameToPage, PageToFrame, RuntimeFile, SpawnOptions } from "../messages.ts";

/** The page's handle on the sandboxed frame. */
export interface Sandbox {
  /** Hands over the runtime's files; resolves when the frame can make workers. */
  initialise(files: Readonly<Record<RuntimeFile, Blob>>): Promise<void>;
  /** Makes worker `id`; it gets the control, sockets and fetch ports. `onFailed` hears of an error outside of Python. */
  spawn(
    id: number,
    ports: readonly [MessagePort, MessagePort, MessagePort],
    onFailed: (message: string) => void,
    options?: SpawnOptions,
  ): void;
  interrupt(worker: number, step: number): void;
  /** The page has taken so much of the worker's output so far (see shared/output-flow.ts). */
  outputTaken(worker: number, total: number): void;
  kill(worker: number): void;
}

/** Puts the frame into the page, hidden. Its document has an opaque origin: nothing of the app is within its reach. */
export function openSandbox(url: string): Sandbox {
  const frame = document.createElement("iframe");
  frame.src = url;
  frame.hidden = true;
  frame.title = "Python";
  frame.allow = "cross-origin-isolated";
  frame.sandbox.add("allow-scripts");
  const failures = new Map<number, (message: string) => void>();
  const waiting = new Map<FrameToPage["type"], (message: FrameToPage) => void>();
  const answer = (...types: FrameToPage["type"][]) =>
    new Promise<FrameToPage>((resolve) => {
      for (const type of types) waiting.set(type, resolve);
    });

  const send = (message: PageToFrame, ports: readonly MessagePort[] = []) =>
    // "*": the frame's origin is opaque and has no name; only its window gets the message.
    frame.contentWindow?.postMessage(message, "*", [...ports]);

  addEventListener("message", (event: MessageEvent<FrameToPage>) => {
    if (event.source !== frame.contentWindow) return;
    const message = event.data;
    if (message.type === "worker-failed") failures.get(message.worker)?.(message.message);
    else waiting.get(message.type)?.(message);
  });
  const hello = answer("hello");
  document.body.append(frame);

  return {
    async initialise(files) {
      await hello;
      const initialised = answer("initialised", "init-failed");
      send({ type: "init", files });
      const result = await initialised;
      if (result.type === "init-failed") throw new Error(`Python could not be loaded: ${result.message}`);
    },
    spawn(worker, ports, onFailed, options) {
      failures.set(worker, onFailed);
      send({ type: "spawn", worker, ...options }, ports);
    },
    interrupt: (worker, step) => send({ type: "interrupt", worker, step }),
    outputTaken: (worker, total) => send({ type: "output-taken", worker, total }),
    kill(worker) {
      failures.delete(worker);
      send({ type: "kill", worker });
    },
  };
}
