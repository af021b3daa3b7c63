import type { ToolAnswer, ToolTypes } from "./messages.ts";
import ToolsWorker from "./tools.wasm-worker.ts?worker";

/** The worker of tools, as functions. */
export interface Tools {
  ask<K extends keyof ToolTypes>(kind: K, question: ToolTypes[K]["ask"]): Promise<ToolTypes[K]["answer"]>;
}

let shared: Tools | null = null;

/** The page's one worker of tools; made when it is first asked for. */
export function tools(): Tools {
  shared ??= createTools(new ToolsWorker({ name: "editor tools" }));
  return shared;
}

function createTools(worker: Worker): Tools {
  let lastId = 0;
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  worker.onmessage = ({ data }: MessageEvent<ToolAnswer>) => {
    const entry = waiting.get(data.id);
    waiting.delete(data.id);
    if ("error" in data) entry?.reject(new Error(data.error));
    else entry?.resolve(data.result);
  };
  // It could not be loaded, or ran out of memory: the next question starts another.
  worker.onerror = ({ message }) => {
    worker.terminate();
    shared = null;
    for (const { reject } of waiting.values())
      reject(new Error(message || "The editor's tools have failed."));
    waiting.clear();
  };
  return {
    ask<K extends keyof ToolTypes>(kind: K, question: ToolTypes[K]["ask"]) {
      const id = ++lastId;
      return new Promise<ToolTypes[K]["answer"]>((resolve, reject) => {
        waiting.set(id, { resolve: (result) => resolve(result as ToolTypes[K]["answer"]), reject });
        worker.postMessage({ id, kind, ...question }, "port" in question ? [question.port] : []);
      });
    },
  };
}
