/**
 * The memory that the frame and a worker share. Through it the frame reaches a worker whose thread is busy or blocked: it raises
 * Pyodide's interrupt flag, and where the browser can't suspend Python (no JSPI) it brings what comes in from the network.
 *
 * Byte 0 is Pyodide's interrupt flag, the int at 4 the last step that ended or noted its stop. Then the ring's own fields, those of
 * output-flow.ts, and the ring's bytes: messages one after the other, each after its length.
 */

/** Python's number of SIGINT, as Pyodide's interrupt flag wants it. */
export const KEYBOARD_INTERRUPT = 2;
const NOTED = 1;
/** Counts what the reader may have slept through. */
const SIGNAL = 2;
/** Bytes written and read so far, modulo 2^32. */
const WRITTEN = 3;
const READ = 4;
/** The writer has more than fits. */
const WAITING = 5;
/** Of output-flow.ts: counts what a writer may have slept through, and what the page has taken. */
export const OUTPUT_SIGNAL = 6;
export const OUTPUT_TAKEN = 7;
const BEGUN = 8;
const HEADER_BYTES = 64;
const LENGTH_BYTES = 4;
/** Stands in the place of a length for `null`. */
const NULL_LENGTH = 0xffffffff;
/** Of the ring, where its owner has no other wish; a power of two. */
const RING_BYTES = 1024 * 1024;

/** Memory for a worker with a ring. `ringBytes` is a power of two; 0 for a worker that needs no ring. */
export function createRingMemory(ringBytes = RING_BYTES): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + ringBytes);
}

/** The worker's last step that has begun: only what comes after that may be interrupted. */
export function begunStep(memory: SharedArrayBuffer): Int32Array<SharedArrayBuffer> {
  return new Int32Array(memory, BEGUN * 4, 1);
}

/** The worker's last step that has ended or noted its stop. */
export function notedStep(memory: SharedArrayBuffer): Int32Array<SharedArrayBuffer> {
  return new Int32Array(memory, NOTED * 4, 1);
}

/** All of what is no ring. */
export function sharedFields(memory: SharedArrayBuffer): Int32Array<SharedArrayBuffer> {
  return new Int32Array(memory, 0, HEADER_BYTES / 4);
}

/** Raises KeyboardInterrupt in the worker's Python, and wakes it where it blocks. */
export function interrupt(memory: SharedArrayBuffer): void {
  new Uint8Array(memory)[0] = KEYBOARD_INTERRUPT;
  wake(sharedFields(memory), SIGNAL);
  wake(sharedFields(memory), OUTPUT_SIGNAL);
}

/** Wakes who waits for this field to change. */
export function wake(fields: Int32Array<SharedArrayBuffer>, signal: number): void {
  Atomics.add(fields, signal, 1);
  Atomics.notify(fields, signal);
}

/** The frame's end: never blocks. What doesn't fit waits here. */
export interface RingWriter {
  /** `null`: the page has lost the gateway. */
  write(message: ArrayBuffer | null): void;
  /** The reader has made room. */
  resume(): void;
}

export function createRingWriter(memory: SharedArrayBuffer): RingWriter {
  const fields = sharedFields(memory);
  const bytes = new Uint8Array(memory, HEADER_BYTES);
  const waiting: Uint8Array[] = [];

  /** Copies what fits of `piece`; tells how much that was. */
  function copy(piece: Uint8Array): number {
    const written = Atomics.load(fields, WRITTEN);
    // The reader's Python can write here what it likes: it harms nobody but itself.
    const used = Math.min(bytes.length, (written - Atomics.load(fields, READ)) >>> 0);
    const length = Math.min(bytes.length - used, piece.length);
    const start = (written >>> 0) % bytes.length;
    const first = Math.min(length, bytes.length - start);
    bytes.set(piece.subarray(0, first), start);
    bytes.set(piece.subarray(first, length), 0);
    Atomics.store(fields, WRITTEN, (written + length) | 0);
    return length;
  }

  function pump(): void {
    let copied = 0;
    let full = false;
    for (let piece = waiting[0]; piece; piece = waiting[0]) {
      const length = copy(piece);
      copied += length;
      if (length === piece.length) waiting.shift();
      else {
        waiting[0] = piece.subarray(length);
        if (full) break;
        // Once more after this: the reader may have made room before it could see that somebody waits for it.
        Atomics.store(fields, WAITING, 1);
        full = true;
      }
    }
    if (waiting.length === 0) Atomics.store(fields, WAITING, 0);
    if (copied > 0) wake(fields, SIGNAL);
  }

  return {
    write(message) {
      const length = new Uint8Array(LENGTH_BYTES);
      new DataView(length.buffer).setUint32(0, message?.byteLength ?? NULL_LENGTH, true);
      waiting.push(length);
      if (message && message.byteLength > 0) waiting.push(new Uint8Array(message));
      pump();
    },
    resume: pump,
  };
}

/** The worker's end. */
export interface RingReader {
  /** The next message; undefined where none is complete yet. */
  read(): ArrayBuffer | null | undefined;
  /** Blocks the thread until something has come, Python is to be interrupted, or `timeoutMs` are over (undefined: never). */
  wait(timeoutMs: number | undefined): void;
  readonly interrupted: boolean;
  clearInterrupt(): void;
}

/** `onRoom` is called when the writer waits for the room that reading has made. */
export function createRingReader(memory: SharedArrayBuffer, onRoom: () => void): RingReader {
  const fields = sharedFields(memory);
  const flag = new Uint8Array(memory, 0, 1);
  const bytes = new Uint8Array(memory, HEADER_BYTES);
  const length = new Uint8Array(LENGTH_BYTES);
  /** What is being read: a length, or a message after its length. */
  let target: Uint8Array<ArrayBuffer> = length;
  let filled = 0;

  const available = () => (Atomics.load(fields, WRITTEN) - Atomics.load(fields, READ)) >>> 0;

  function fill(): boolean {
    const read = Atomics.load(fields, READ);
    const count = Math.min(available(), target.length - filled);
    if (count > 0) {
      const start = (read >>> 0) % bytes.length;
      const first = Math.min(count, bytes.length - start);
      target.set(bytes.subarray(start, start + first), filled);
      target.set(bytes.subarray(0, count - first), filled + first);
      filled += count;
      Atomics.store(fields, READ, (read + count) | 0);
      if (Atomics.exchange(fields, WAITING, 0) === 1) onRoom();
    }
    return filled === target.length;
  }

  function begin(next: Uint8Array<ArrayBuffer>): void {
    target = next;
    filled = 0;
  }

  return {
    read() {
      if (target === length) {
        if (!fill()) return undefined;
        const size = new DataView(length.buffer).getUint32(0, true);
        if (size === NULL_LENGTH) {
          begin(length);
          return null;
        }
        begin(new Uint8Array(size));
      }
      if (!fill()) return undefined;
      const message = target.buffer;
      begin(length);
      return message;
    },
    wait(timeoutMs) {
      const seen = Atomics.load(fields, SIGNAL);
      if (available() > 0 || flag[0] !== 0) return;
      Atomics.wait(fields, SIGNAL, seen, timeoutMs);
    },
    get interrupted() {
      return flag[0] !== 0;
    },
    clearInterrupt() {
      flag[0] = 0;
    },
  };
}
