import type { Blocker } from "./blocker.ts";
import type { Work } from "./work.ts";

/** Works that go on while Python's event loop does: it blocks for all of them at once (no JSPI). */
export interface WaitingRoom {
  /** Takes a work in; its number. */
  add(work: Work<string | number>): number;
  /**
   * Blocks until a work is done, something has come, or `timeoutMs` are over (undefined: no end). JSON text of the works that are done:
   * `[[number, answer], …]`; undefined where the step is being stopped, of which nobody else hears then.
   */
  block(timeoutMs: number | undefined): string | undefined;
}

export function createWaitingRoom(blocker: Blocker): WaitingRoom {
  const works = new Map<number, Work<string | number>>();
  let done: [number, string | number][] = [];
  let last = 0;

  function advance(number: number, work: Work<string | number>): void {
    const step = work.next(false);
    if (!step.done) return;
    works.delete(number);
    done.push([number, step.value]);
  }

  function advanceAll(): void {
    for (const [number, work] of works) advance(number, work);
  }

  return {
    add(work) {
      last += 1;
      works.set(last, work);
      blocker.drain();
      advance(last, work);
      return last;
    },
    block(timeoutMs) {
      blocker.drain();
      advanceAll();
      const stopped = blocker.wait(done.length > 0 ? 0 : timeoutMs);
      if (stopped) {
        blocker.takeInterrupt();
        return undefined;
      }
      advanceAll();
      const told = JSON.stringify(done);
      done = [];
      return told;
    },
  };
}
