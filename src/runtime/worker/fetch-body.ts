/** The body of a response that comes in pieces. */
export interface IncomingBody {
  readonly stream: ReadableStream<Uint8Array>;
  add(bytes: Uint8Array): void;
  end(): void;
  fail(reason: unknown): void;
}

/**
 * `onTaken` hears of each piece that the reader has taken, not of those that wait here: the sender counts on it, so that a slow
 * reader slows the server down.
 */
export function createIncomingBody(onTaken: (bytes: number) => void, onCancel: () => void): IncomingBody {
  const waiting: Uint8Array[] = [];
  let ended = false;
  let pulled: (() => void) | null = null;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  /** True once something was given to the reader. */
  function give(): boolean {
    const bytes = waiting.shift();
    if (bytes) {
      controller?.enqueue(bytes);
      onTaken(bytes.byteLength);
    } else if (ended) controller?.close();
    return bytes !== undefined || ended;
  }
  function changed(): void {
    if (pulled && give()) {
      pulled();
      pulled = null;
    }
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      start(made) {
        controller = made;
      },
      pull() {
        if (give()) return;
        return new Promise<void>((resolve) => {
          pulled = resolve;
        });
      },
      cancel() {
        waiting.length = 0;
        onCancel();
      },
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    add(bytes) {
      waiting.push(bytes);
      changed();
    },
    end() {
      ended = true;
      changed();
    },
    fail(reason) {
      controller?.error(reason);
      pulled?.();
      pulled = null;
    },
  };
}
