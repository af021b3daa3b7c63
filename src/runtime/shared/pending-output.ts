import type { OutputBatch } from "../messages.ts";

/**
 * The output that a worker has gathered and not sent yet. It lies where the frame can read it: a worker that is blocked in C runs no
 * timer that would send it, and one that was killed sends nothing any more.
 *
 * Ints first: bytes gathered, the stretch that is being written, the batch's number. Then the lengths of the stretches, then the bytes.
 */

/** Of one batch. */
export const PENDING_BYTES = 64 * 1024;
/** A batch changes from one stream to the other at most this often: each change costs the page some time. */
export const PENDING_STRETCHES = 1024;

const LENGTH = 0;
const LAST = 1;
const NUMBER = 2;
const HEADER_BYTES = 16;
const BYTES_AT = HEADER_BYTES + PENDING_STRETCHES * 4;
const SIZE = BYTES_AT + PENDING_BYTES;

const fieldsOf = (memory: ArrayBufferLike) => new Int32Array(memory, 0, HEADER_BYTES / 4);
const stretchesOf = (memory: ArrayBufferLike) => new Uint32Array(memory, HEADER_BYTES, PENDING_STRETCHES);
const bytesOf = (memory: ArrayBufferLike) => new Uint8Array(memory, BYTES_AT, PENDING_BYTES);

export function createPendingMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(SIZE);
}

/** The worker's end. */
export interface PendingOutput {
  readonly bytes: Uint8Array;
  readonly stretches: Uint32Array;
  /** Of the batch that is being gathered; counted up from 0. */
  readonly number: number;
  /** So many bytes are there by now, the last of them in stretch `last`. */
  grew(length: number, last: number): void;
  /** They have been sent: the next batch begins. */
  sent(): void;
}

/** Without `memory`, where the browser gives none, nobody else sees what is pending. */
export function openPending(memory: SharedArrayBuffer | null): PendingOutput {
  const own = memory ?? new ArrayBuffer(SIZE);
  const fields = fieldsOf(own);
  const stretches = stretchesOf(own);
  return {
    bytes: bytesOf(own),
    stretches,
    get number() {
      return Atomics.load(fields, NUMBER);
    },
    grew(length, last) {
      Atomics.store(fields, LAST, last);
      Atomics.store(fields, LENGTH, length);
    },
    sent() {
      // In this order: a reader that sees the new number sees nothing of the old batch.
      const last = Atomics.exchange(fields, LAST, 0);
      Atomics.store(fields, LENGTH, 0);
      Atomics.add(fields, NUMBER, 1);
      stretches.fill(0, 0, last + 1);
    },
  };
}

/** The frame's end: what is pending now, without taking it. Null where the worker sent it just now. */
export function readPending(memory: SharedArrayBuffer): OutputBatch | null {
  const fields = fieldsOf(memory);
  const number = Atomics.load(fields, NUMBER);
  const length = Math.min(Atomics.load(fields, LENGTH), PENDING_BYTES);
  const last = Math.min(Atomics.load(fields, LAST), PENDING_STRETCHES - 1);
  const batch: OutputBatch = {
    number,
    bytes: new Uint8Array(bytesOf(memory).subarray(0, length)).buffer,
    stretches: new Uint32Array(stretchesOf(memory).subarray(0, last + 1)),
    at: Date.now(),
  };
  return Atomics.load(fields, NUMBER) === number ? batch : null;
}
