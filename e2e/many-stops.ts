import { expect, type Page } from "@playwright/test";
import { handlerOf } from "./endless.ts";
import type { StepCard } from "./pages/step-card.ts";
import { type RoundResult, testAndStop } from "./pages/test-and-stop.ts";

/** Once nothing more is about to go, and the garbage is collected. */
export interface Held {
  /** Of the page's heap and of the buffers that it holds. */
  readonly bytes: number;
  /** Objects of Python in the worker that runs steps. */
  readonly objects: number;
}

const INTERRUPTED = 40;
const KILLED = 10;
/** Two of Python: the one that runs steps, and the spare behind it. Two of the editor, which start once the page is quiet. */
const WORKERS = 4;

const interrupted = handlerOf(
  'import gc\ngc.collect()\nprint("objects:", len(gc.get_objects()))\nwhile True:\n    pass',
);
const killed = handlerOf('print("started")\nsum(range(10**15))');

/** Stops a step 50 times: 40 times Python ends it, 10 times its worker is killed. What is held before and after. Chromium only. */
export async function manyStops(
  page: Page,
  step: StepCard,
): Promise<{ readonly before: Held; readonly after: Held }> {
  const stop = async (code: string, times: number): Promise<RoundResult[]> => {
    await step.code.set(code);
    return testAndStop(
      step.root,
      Array.from({ length: times }, () => ({ stopAfter: "log" as const })),
    );
  };
  // What is made once is there by then.
  await stop(killed, 2);
  const before = await held(page, await stop(interrupted, 5));
  await stop(killed, KILLED);
  const after = await held(page, await stop(interrupted, INTERRUPTED));
  return { before, after };
}

async function held(page: Page, rounds: readonly RoundResult[]): Promise<Held> {
  await expect.poll(() => page.workers().length).toBe(WORKERS);
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return {
    bytes: usedSize + embedderHeapUsedSize + backingStorageSize,
    objects: Number(/objects: (\d+)/.exec(rounds.at(-1)?.log ?? "")?.[1]),
  };
}
