import { Worker } from "node:worker_threads";
import { carrySockets } from "../../../shared/carry-sockets.ts";
import { createRingMemory, interrupt } from "../../../shared/ring.ts";
import type { RunsPython } from "./python.ts";

export interface BlockingWorkerStart {
  readonly memory: SharedArrayBuffer;
  readonly port: MessagePort;
}

export type BlockingWorkerMessage =
  | { readonly type: "write"; readonly path: string; readonly text: string }
  | {
      readonly type: "run";
      readonly source: string;
      readonly args: readonly string[];
      readonly sync: boolean;
    };

/** Python in a thread that blocks while it waits; this thread stands for the frame. */
export interface BlockingPython extends RunsPython {
  /** As `run`, from no event loop: how the product calls a step. */
  runSync(source: string, args?: readonly string[]): Promise<string>;
  /** Raises KeyboardInterrupt, as Stop does. */
  interrupt(): void;
  close(): Promise<void>;
}

/** @param ringBytes a small ring fills up */
export async function startBlockingPython(
  socketPort: MessagePort,
  ringBytes?: number,
): Promise<BlockingPython> {
  const memory = createRingMemory(ringBytes);
  const worker = new Worker(new URL("./blocking-worker.ts", import.meta.url));
  const port = carrySockets(socketPort, memory);
  type Answer = { readonly text: string } | { readonly error: string };
  const answer = () =>
    new Promise<string>((resolve, reject) => {
      const failed = (error: unknown) => reject(error instanceof Error ? error : new Error(String(error)));
      worker.once("error", failed);
      worker.once("message", (message: Answer) => {
        worker.off("error", failed);
        if ("text" in message) resolve(message.text);
        else failed(message.error);
      });
    });
  const ready = answer();
  worker.postMessage({ memory, port } satisfies BlockingWorkerStart, [port as never]);
  await ready;
  const send = (message: BlockingWorkerMessage) => worker.postMessage(message);
  const run =
    (sync: boolean) =>
    (source: string, args: readonly string[] = []) => {
      const told = answer();
      send({ type: "run", source, args, sync });
      return told;
    };
  return {
    writeFile: (path, text) => send({ type: "write", path, text }),
    run: run(false),
    runSync: run(true),
    interrupt: () => interrupt(memory),
    close: async () => {
      await worker.terminate();
    },
  };
}
