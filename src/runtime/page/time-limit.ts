/** A countdown that can be held, e.g. while the person is asked something. */
export interface TimeLimit {
  start(): void;
  hold(): void;
  resume(): void;
  cancel(): void;
}

/** Calls `onExpire` once when `ms` milliseconds have run down. */
export function createTimeLimit(ms: number, onExpire: () => void): TimeLimit {
  let left = ms;
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let started = false;
  let holds = 0;

  function run(): void {
    if (!started || holds > 0 || timer !== undefined) return;
    since = performance.now();
    timer = setTimeout(onExpire, left);
  }
  function pause(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    left -= performance.now() - since;
  }
  return {
    start() {
      started = true;
      run();
    },
    hold() {
      holds++;
      pause();
    },
    resume() {
      holds = Math.max(0, holds - 1);
      run();
    },
    cancel() {
      started = false;
      pause();
    },
  };
}
