/** Python's stdout and stderr on their way to the page, in batches. */
import type { OutputBatch } from "../messages.ts";
import type { OutputFlow } from "../shared/output-flow.ts";
import { PENDING_BYTES, PENDING_STRETCHES, type PendingOutput } from "../shared/pending-output.ts";

/** A flood is sent at most this often, in milliseconds; a timer can't do it, since none fires while Python runs. */
const FLUSH_EVERY = 16;
/** The first writes of a burst go at once. */
const BURST = 50;
const BURST_PAUSE = 100;

export type OutputStream = "stdout" | "stderr";

export interface Output {
  /** For Pyodide's `setStdout` and `setStderr`. */
  handler(stream: OutputStream): { write(bytes: Uint8Array): number; fsync(): void; isatty: boolean };
  /** Sends what is still batched. */
  flush(): void;
}

/**
 * Gathers bytes and passes them to `send`, which may take ownership of the buffers. `onPending` hears of each batch that is not
 * sent at once.
 */
export function createOutput(
  send: (batch: OutputBatch) => void,
  flow: OutputFlow,
  pending: PendingOutput,
  onPending: (batch: number) => void,
): Output {
  const { bytes: buffer, stretches } = pending;
  let length = 0;
  let last = 0;
  let lastFlush = 0;
  let credit = BURST;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (length === 0) return;
    flow.sent(length);
    send({
      number: pending.number,
      bytes: new Uint8Array(buffer.subarray(0, length)).buffer,
      stretches: new Uint32Array(stretches.subarray(0, last + 1)),
      at: Date.now(),
    });
    pending.sent();
    length = 0;
    last = 0;
    lastFlush = performance.now();
  }

  /** `last` becomes a stretch of this stream: even ones are of stdout. */
  function turnTo(stream: OutputStream): void {
    const parity = stream === "stdout" ? 0 : 1;
    if (last % 2 === parity) return;
    if (last + 1 === PENDING_STRETCHES) flush();
    if (last % 2 !== parity) last++;
  }

  /** Takes as many of the bytes as it can; tells how many. */
  function take(stream: OutputStream, bytes: Uint8Array): number {
    turnTo(stream);
    const taken = Math.min(PENDING_BYTES - length, bytes.length);
    buffer.set(taken === bytes.length ? bytes : bytes.subarray(0, taken), length);
    length += taken;
    stretches[last] = (stretches[last] ?? 0) + taken;
    pending.grew(length, last);
    return taken;
  }

  /** As write(2): of a write that a signal interrupts, what is gone by then counts as written. */
  function write(stream: OutputStream, bytes: Uint8Array): number {
    let written = take(stream, bytes);
    while (length === PENDING_BYTES) {
      flush();
      if (!flow.waitForRoom()) return written;
      if (written < bytes.length) written += take(stream, bytes.subarray(written));
    }
    const pause = performance.now() - lastFlush;
    if (pause > BURST_PAUSE) credit = BURST;
    if (pause >= FLUSH_EVERY || credit > 0) {
      if (pause < FLUSH_EVERY) credit--;
      flush();
      flow.waitForRoom();
    } else if (timer === undefined) {
      timer = setTimeout(flush, FLUSH_EVERY);
      onPending(pending.number);
    }
    return written;
  }

  return {
    flush,
    handler: (stream) => ({ write: (bytes) => write(stream, bytes), fsync: flush, isatty: false }),
  };
}
