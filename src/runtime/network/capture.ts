import type { HttpBody } from "../protocol.ts";

/** Of each body this much is kept. */
export const CAPTURED_BODY = 64 * 1024;
/** Of all messages of one step together. */
const CAPTURED_STEP = 16 * 1024 * 1024;
const FIRST_BUFFER = 4 * 1024;

/** What one step's messages may still take up, in bytes (a header's character counts as one). */
export interface CaptureBudget {
  /** Takes up to `wanted`; gives how much there was. */
  take(wanted: number): number;
  /** Gives back what is not kept any more. */
  release(bytes: number): void;
}

export function createBudget(bytes = CAPTURED_STEP): CaptureBudget {
  let left = bytes;
  return {
    take(wanted) {
      const taken = Math.min(wanted, left);
      left -= taken;
      return taken;
    },
    release(returned) {
      left += returned;
    },
  };
}

/** Keeps the beginning of a body that passes by, and counts the rest. */
export interface BodyCapture {
  push(bytes: Uint8Array): void;
  /** No more will come. Only the first call counts. */
  end(state: "complete" | "cut-off"): void;
  /** As it stands; the same object as long as nothing has changed. */
  body(): HttpBody;
  /** Bytes that are kept. */
  readonly kept: number;
}

const nothing: HttpBody = {
  size: 0,
  state: "complete",
  bytes: new Uint8Array(),
  overBudget: false,
};

export function createBodyCapture(budget: CaptureBudget): BodyCapture {
  let buffer = new Uint8Array();
  let kept = 0;
  let size = 0;
  let state: HttpBody["state"] = "arriving";
  let overBudget = false;
  /** What is kept, once it is all there. */
  let bytes: Uint8Array<ArrayBuffer> | null = null;
  let last: HttpBody | null = null;

  function keep(piece: Uint8Array): void {
    const wanted = Math.min(piece.length, CAPTURED_BODY - kept);
    const taken = budget.take(wanted);
    if (taken < wanted) overBudget = true;
    if (kept + taken > buffer.length) {
      const grown = new Uint8Array(
        Math.min(CAPTURED_BODY, Math.max(FIRST_BUFFER, 2 * buffer.length, kept + taken)),
      );
      grown.set(buffer.subarray(0, kept));
      buffer = grown;
    }
    buffer.set(piece.subarray(0, taken), kept);
    kept += taken;
    if (overBudget || kept === CAPTURED_BODY) settle();
  }

  function settle(): void {
    bytes ??= kept === buffer.length ? buffer : buffer.slice(0, kept);
  }

  return {
    get kept() {
      return kept;
    },
    push(piece) {
      if (state !== "arriving" || piece.length === 0) return;
      size += piece.length;
      last = null;
      if (bytes === null) keep(piece);
    },
    end(how) {
      if (state !== "arriving") return;
      state = how;
      settle();
      last = size === 0 && how === "complete" ? nothing : null;
    },
    body() {
      last ??= { size, state, bytes, overBudget };
      return last;
    },
  };
}
