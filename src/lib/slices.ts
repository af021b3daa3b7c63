/**
 * Long work in the page's own thread, in slices: a generator yields where it may be interrupted, and the page paints in between.
 */

/** Milliseconds of work between two pauses: with what else a frame needs, still no frame is lost. */
const SLICE = 10;

/** Work that can be interrupted at its yields. */
export type SlicedWork<T> = Generator<undefined, T, undefined>;

/** Does all of it at once. */
export function runAtOnce<T>(work: SlicedWork<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does it with pauses. Work of less than a slice is done before this returns its promise. Rejects with what the work throws, and with the signal's reason. */
export async function runInSlices<T>(work: SlicedWork<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const end = performance.now() + SLICE;
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < end);
    await pause();
  }
}

/** Lets the browser do what is waiting: input, painting, timers. */
export function pause(): Promise<void> {
  const { scheduler } = globalThis as { readonly scheduler?: { readonly yield?: () => Promise<void> } };
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
