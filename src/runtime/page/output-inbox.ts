import type { OutputBatch } from "../messages.ts";
import type { StepEvent } from "../protocol.ts";
import { OUTPUT_TOLD_EVERY, outputCost } from "../shared/output-flow.ts";
import { PENDING_STRETCHES } from "../shared/pending-output.ts";

/** Puts together what a worker prints: what it sends itself, and what the frame finds that it could not send. */
export interface OutputInbox {
  /** A step begins, and hears of its output. */
  begin(onEvent: (event: StepEvent) => void): void;
  /** The worker has sent this; what is no output is passed over. */
  sent(batch: OutputBatch): void;
  /** The worker has gathered this so far. It may send all of the batch later. */
  found(batch: OutputBatch): void;
  /** As `found`, of a worker that is gone: resolves when all that it had sent before has come, too. */
  lastWords(batch: OutputBatch): Promise<void>;
  /** The step is over. */
  end(): void;
}

interface Listener {
  readonly onEvent: (event: StepEvent) => void;
  readonly decoders: readonly [stdout: TextDecoder, stderr: TextDecoder];
}

const streams = ["stdout", "stderr"] as const;

/** `tellTaken` is told now and then how much of what was sent has been taken: more may be sent then (shared/output-flow.ts). */
export function createOutputInbox(tellTaken: (total: number) => void): OutputInbox {
  let listener: Listener | null = null;
  /** The batch that comes next, and how much of it has been shown already. */
  let next = 0;
  let shown = 0;
  /** Found before what comes before it. */
  let early: OutputBatch | null = null;
  let resolveLast: (() => void) | null = null;
  let taken = 0;
  let told = 0;

  function show({ bytes, stretches, at }: OutputBatch): void {
    const all = new Uint8Array(bytes);
    let begin = 0;
    for (const [index, length] of stretches.entries()) {
      const end = begin + length;
      report(index % 2, all.subarray(Math.max(begin, shown), Math.max(end, shown)), at);
      begin = end;
    }
  }

  function report(stream: number, bytes: Uint8Array | undefined, at: number): void {
    // Without bytes: the end, at which half a character is told as well.
    const text = listener?.decoders[stream]?.decode(bytes, { stream: bytes !== undefined });
    if (text) listener?.onEvent({ type: "output", stream: streams[stream] ?? "stdout", text, at });
  }

  function found(batch: OutputBatch): void {
    if (!isBatch(batch) || batch.number < next) return;
    if (batch.number > next) {
      early = batch;
      return;
    }
    show(batch);
    shown = Math.max(shown, batch.bytes.byteLength);
  }

  function noteTaken({ bytes }: OutputBatch): void {
    taken = (taken + outputCost(bytes.byteLength)) >>> 0;
    if ((taken - told) >>> 0 < OUTPUT_TOLD_EVERY) return;
    told = taken;
    tellTaken(taken);
  }

  return {
    begin(onEvent) {
      listener = { onEvent, decoders: [new TextDecoder(), new TextDecoder()] };
    },
    sent(batch) {
      if (!isBatch(batch)) return;
      if (batch.number !== next) shown = 0;
      show(batch);
      next = batch.number + 1;
      shown = 0;
      if (early && early.number <= next) {
        found(early);
        early = null;
        resolveLast?.();
      }
      noteTaken(batch);
    },
    found,
    lastWords(batch) {
      found(batch);
      if (early !== batch) return Promise.resolve();
      return new Promise((resolve) => {
        resolveLast = resolve;
      });
    },
    end() {
      for (const stream of streams.keys()) report(stream, undefined, Date.now());
      listener = null;
    },
  };
}

/** The sandbox isn't trusted. */
function isBatch({ number, bytes, stretches }: OutputBatch): boolean {
  return (
    Number.isInteger(number) &&
    bytes instanceof ArrayBuffer &&
    stretches instanceof Uint32Array &&
    stretches.length <= PENDING_STRETCHES
  );
}
