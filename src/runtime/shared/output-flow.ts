import { OUTPUT_SIGNAL, OUTPUT_TAKEN, sharedFields, wake } from "./ring.ts";

/**
 * How the page holds back a Python that writes faster than the page can read: no more than `OUTPUT_WINDOW` of output is under way.
 * Beyond that Python waits in its `write`, until the page has taken some of it or the step is to be stopped. So neither memory nor
 * the time until the page gets to anything else grows with what is written.
 */

/** Bytes that may be under way; a page gets through them in a few milliseconds. */
export const OUTPUT_WINDOW = 1024 * 1024;
/** The page tells what it has taken after this many bytes. */
export const OUTPUT_TOLD_EVERY = OUTPUT_WINDOW / 8;
/** A message costs the page as much as these many bytes, whatever is in it. */
const MESSAGE_COST = 2048;

/** What a message with `bytes` of output counts. */
export function outputCost(bytes: number): number {
  return bytes + MESSAGE_COST;
}

/** The frame's end: the page has taken `total` so far (modulo 2^32). */
export function tellOutputTaken(memory: SharedArrayBuffer, total: number): void {
  const fields = sharedFields(memory);
  Atomics.store(fields, OUTPUT_TAKEN, total | 0);
  wake(fields, OUTPUT_SIGNAL);
}

/** The worker's end. */
export interface OutputFlow {
  /** A message with so many bytes is on its way. */
  sent(bytes: number): void;
  /** Blocks the thread until there is room for more. False: Python is to be interrupted. */
  waitForRoom(): boolean;
}

/** Without `memory`, where the browser gives none, nothing holds Python back. */
export function createOutputFlow(memory: SharedArrayBuffer | null): OutputFlow {
  if (!memory) return { sent() {}, waitForRoom: () => true };
  const fields = sharedFields(memory);
  const interrupt = new Uint8Array(memory, 0, 1);
  let total = 0;
  const isFull = () => (total - Atomics.load(fields, OUTPUT_TAKEN)) >>> 0 > OUTPUT_WINDOW;
  return {
    sent(bytes) {
      total = (total + outputCost(bytes)) >>> 0;
    },
    waitForRoom() {
      while (isFull()) {
        // Read before the conditions: what changes after that ends the wait.
        const seen = Atomics.load(fields, OUTPUT_SIGNAL);
        if (interrupt[0] !== 0) return false;
        if (isFull()) Atomics.wait(fields, OUTPUT_SIGNAL, seen);
      }
      return true;
    },
  };
}
