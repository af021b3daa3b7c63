/** How long the person has to pause, in milliseconds. */
const PAUSE = 2500;

const inputs = ["keydown", "pointerdown", "wheel"] as const;

/**
 * Resolves when the person has paused, the page is in view and idle, and `ready` says yes.
 *
 * @throws the signal's reason when it aborts before.
 */
export function whenQuiet(ready: () => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      clearTimeout(timer);
      for (const input of inputs) window.removeEventListener(input, wait, true);
      signal.removeEventListener("abort", abort);
    };
    const abort = () => {
      end();
      reject(signal.reason);
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => whenIdle(look), PAUSE);
    };
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
    wait();
  });
}

/** Safari has no `requestIdleCallback`. */
function whenIdle(callback: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(() => callback());
  else setTimeout(callback, 200);
}
