/** How long the person has to pause, in milliseconds. */
const PAUSE = 2500;

const inputs = ["keydown", "pointerdown", "wheel"] as const;

/**
 * Resolves when the person has paused, the page is in view and idle, and `ready` says yes. `pause`: how long nothing must come in from
 * now on; after something has, it is the usual time.
 *
 * @throws the signal's reason when it aborts before.
 */
export function whenQuiet(ready: () => boolean, signal: AbortSignal, pause = PAUSE): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let turn = 0;
    const end = () => {
      clearTimeout(timer);
      for (const input of inputs) window.removeEventListener(input, wait, true);
      signal.removeEventListener("abort", abort);
    };
    const abort = () => {
      end();
      reject(signal.reason);
    };
    const lookAfter = (time: number) => {
      clearTimeout(timer);
      turn += 1;
      const mine = turn;
      // What comes in before the page is idle counts too.
      timer = setTimeout(() => whenIdle(() => mine === turn && look()), time);
    };
    const wait = () => lookAfter(PAUSE);
    const look = () => {
      if (signal.aborted) return;
      if (document.visibilityState !== "visible" || !ready()) {
        wait();
        return;
      }
      end();
      resolve();
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener("abort", abort);
    for (const input of inputs) window.addEventListener(input, wait, { capture: true, passive: true });
    lookAfter(pause);
  });
}

/**
 * What `source` gives. Each thing is asked for when it is quiet: the first after a pause, the others as soon as the page is idle.
 *
 * @throws the signal's reason when it aborts.
 */
export async function* inQuiet<T>(
  source: AsyncIterable<T>,
  ready: () => boolean,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  await whenQuiet(ready, signal);
  for await (const found of source) {
    yield found;
    await whenQuiet(ready, signal, 0);
  }
}

/** Safari has no `requestIdleCallback`. */
function whenIdle(callback: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(() => callback());
  else setTimeout(callback, 200);
}
