// @vitest-environment node
import { Worker } from "node:worker_threads";
import { afterEach, expect, test } from "vitest";
import type { OutputBatch } from "../messages.ts";
import {
  createOutputFlow,
  OUTPUT_TOLD_EVERY,
  OUTPUT_WINDOW,
  outputCost,
  tellOutputTaken,
} from "./output-flow.ts";
import { createRingMemory, interrupt } from "./ring.ts";

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

/** A thread that writes so many bytes as Python would; it says how many its `write` took. */
function startWriter(memory: SharedArrayBuffer, bytes: number): Worker {
  const worker = new Worker(
    `import { parentPort, workerData } from "node:worker_threads";
     const [{ createOutput }, { createOutputFlow }, { openPending }] = await Promise.all(workerData.modules.map((url) => import(url)));
     const output = createOutput((batch) => parentPort.postMessage(batch), createOutputFlow(workerData.memory), openPending(null), () => {});
     const written = output.handler("stdout").write(new Uint8Array(workerData.bytes).fill(120));
     output.flush();
     parentPort.postMessage(written);`,
    {
      eval: true,
      execArgv: ["--input-type=module"],
      workerData: {
        memory,
        bytes,
        modules: ["../worker/output.ts", "./output-flow.ts", "./pending-output.ts"].map(
          (path) => new URL(path, import.meta.url).href,
        ),
      },
    },
  );
  workers.push(worker);
  return worker;
}

test("a writer goes on as fast as it is read, with a bounded amount under way", async () => {
  const memory = createRingMemory(0);
  const all = 20 * OUTPUT_WINDOW;
  const worker = startWriter(memory, all);
  const waiting: OutputBatch[] = [];
  let read = 0;
  let taken = 0;
  let most = 0;
  const written = await new Promise((resolve, reject) => {
    const readAll = () => {
      most = Math.max(most, waiting.length);
      for (const { bytes } of waiting.splice(0)) {
        read += bytes.byteLength;
        taken += outputCost(bytes.byteLength);
      }
      tellOutputTaken(memory, taken);
    };
    worker.on("error", reject);
    worker.on("message", (message: OutputBatch | number) => {
      if (typeof message === "number") {
        readAll();
        return resolve(message);
      }
      waiting.push(message);
      // A slow reader: it reads only once the writer has to wait for it.
      if (waiting.reduce((sum, { bytes }) => sum + outputCost(bytes.byteLength), 0) > OUTPUT_WINDOW)
        readAll();
    });
  });
  expect(written).toBe(all);
  expect(read).toBe(all);
  expect(most * 64 * 1024).toBeLessThanOrEqual(OUTPUT_WINDOW + 64 * 1024);
});

test("an interrupt ends the wait, and what is gone by then counts as written", async () => {
  const memory = createRingMemory(0);
  const worker = startWriter(memory, 4 * OUTPUT_WINDOW);
  let received = 0;
  const written = await new Promise<number>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (message: OutputBatch | number) => {
      if (typeof message === "number") return resolve(message);
      received += message.bytes.byteLength;
      if (received > OUTPUT_WINDOW - OUTPUT_TOLD_EVERY) interrupt(memory);
    });
  });
  expect(written).toBe(received);
  expect(written).toBeLessThan(2 * OUTPUT_WINDOW);
});

test("there is room until the window is full, and after the page has told of what it took", () => {
  const memory = createRingMemory(0);
  const flow = createOutputFlow(memory);
  flow.sent(OUTPUT_WINDOW - outputCost(0));
  expect(flow.waitForRoom()).toBe(true);
  flow.sent(1);
  interrupt(memory);
  expect(flow.waitForRoom()).toBe(false);
  tellOutputTaken(memory, outputCost(1));
  expect(flow.waitForRoom()).toBe(true);
});
