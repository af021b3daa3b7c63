import { readFileSync } from "node:fs";
import { type Transferable, Worker } from "node:worker_threads";
import { languageServerSource } from "../../build/index.ts";
import type { ServerPort } from "../rpc.ts";

/** What a worker of the browser has and one of Node hasn't, as far as the server uses it. */
const PRELUDE = `
const { parentPort, workerData } = require("node:worker_threads");
const listeners = [];
globalThis.self = {
  name: "server",
  onmessage: null,
  MessageChannel,
  addEventListener: (type, listener) => { if (type === "message") listeners.push(listener); },
  removeEventListener() {},
  postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  close: () => process.exit(),
};
parentPort.on("message", (data) => {
  for (const listener of listeners) listener({ data });
  globalThis.self.onmessage?.({ data });
});
require("node:vm").runInThisContext(workerData, { filename: "language-server.js" });
`;

/** The language server as the build makes it, in a worker of Node's. */
export function startServer(): ServerPort {
  const worker = new Worker(PRELUDE, { eval: true, workerData: languageServerSource(readFileSync) });
  const port: ServerPort = {
    onmessage: null,
    onerror: null,
    // Node's own ports are the browser's, by another type.
    postMessage: (message, transfer = []) =>
      worker.postMessage(message, transfer as readonly unknown[] as readonly Transferable[]),
    terminate: () => void worker.terminate(),
  };
  worker.on("message", (data: unknown) => port.onmessage?.({ data }));
  worker.on("error", (error) => port.onerror?.(error));
  return port;
}
