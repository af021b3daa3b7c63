import { createRingReader, interrupt } from "../../shared/ring.ts";
import type { FrameLink } from "./multiplexer.ts";
import type { PollHook } from "./poll-hook.ts";
import type { Work } from "./work.ts";

/** Waits for the network by blocking this thread: for browsers that can't suspend Python (no JSPI). */
export interface Blocker {
  readonly link: FrameLink;
  /** Waits for a work. */
  run<Result>(work: Work<Result>): Result;
  /** Takes in what has come so far, without waiting. */
  drain(): void;
  /** Blocks until something has come or `timeoutMs` are over, and takes it in. True: the step is being stopped. */
  wait(timeoutMs: number | undefined): boolean;
  /** The one who was told of the stop acts on it: Python needs no interrupt any more. */
  takeInterrupt(): void;
  putInterruptBack(): void;
}

/** How Python waits where the browser can't suspend it. */
export interface Blocking {
  readonly blocker: Blocker;
  readonly hook: PollHook;
}

/**
 * What comes in lies in `memory`, which the frame fills; what goes out goes over `port` to the frame, since a blocked thread can send
 * but not receive. `beforeWaiting` is called each time before the thread blocks.
 */
export function createBlocker(
  memory: SharedArrayBuffer,
  port: MessagePort,
  beforeWaiting: () => void,
): Blocker {
  const reader = createRingReader(memory, () => port.postMessage(null));
  const link: FrameLink = {
    post: (frame) => port.postMessage(frame, [frame]),
    onFrame: null,
  };

  function drain(): void {
    for (let frame = reader.read(); frame !== undefined; frame = reader.read()) link.onFrame?.(frame);
  }

  function wait(timeoutMs: number | undefined): boolean {
    if (timeoutMs !== 0) beforeWaiting();
    reader.wait(timeoutMs);
    drain();
    return reader.interrupted;
  }

  return {
    link,
    drain,
    wait,
    run(work) {
      drain();
      let step = work.next();
      while (!step.done) step = work.next(wait(step.value.timeoutMs));
      return step.value;
    },
    takeInterrupt: () => reader.clearInterrupt(),
    putInterruptBack: () => interrupt(memory),
  };
}
