/** Python's stdout and stderr on their way to the page, in batches. */

const BUFFER_BYTES = 64 * 1024;
/** A flood is sent at most this often, in milliseconds; a timer can't do it, since none fires while Python runs. */
const FLUSH_EVERY = 16;
/** The first writes of a burst go at once: a kill loses what is still batched. */
const BURST = 50;
const BURST_PAUSE = 100;

export type OutputStream = "stdout" | "stderr";

export interface Output {
  /** For Pyodide's `setStdout` and `setStderr`. */
  handler(stream: OutputStream): { write(bytes: Uint8Array): number; fsync(): void; isatty: boolean };
  /** Sends what is still batched. */
  flush(): void;
}

/** Gathers bytes and passes them to `send`, which may take ownership of the buffer. `at`: milliseconds since the epoch. */
export function createOutput(send: (stream: OutputStream, bytes: ArrayBuffer, at: number) => void): Output {
  const buffer = new Uint8Array(BUFFER_BYTES);
  let length = 0;
  let current: OutputStream = "stdout";
  let lastFlush = 0;
  let credit = BURST;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (length === 0) return;
    send(current, buffer.slice(0, length).buffer, Date.now());
    length = 0;
    lastFlush = performance.now();
  }

  function write(stream: OutputStream, bytes: Uint8Array): number {
    if (stream !== current) {
      flush();
      current = stream;
    }
    for (let offset = 0; offset < bytes.length; ) {
      const taken = Math.min(BUFFER_BYTES - length, bytes.length - offset);
      buffer.set(bytes.subarray(offset, offset + taken), length);
      length += taken;
      offset += taken;
      if (length === BUFFER_BYTES) flush();
    }
    const pause = performance.now() - lastFlush;
    if (pause > BURST_PAUSE) credit = BURST;
    if (pause >= FLUSH_EVERY) flush();
    else if (credit > 0) {
      credit--;
      flush();
    } else timer ??= setTimeout(flush, FLUSH_EVERY);
    return bytes.length;
  }

  return {
    flush,
    handler: (stream) => ({ write: (bytes) => write(stream, bytes), fsync: flush, isatty: false }),
  };
}
