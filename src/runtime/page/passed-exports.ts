import type { SentExports } from "../messages.ts";
import type { GivenExports } from "../protocol.ts";

/** Which exports of this run a worker still has, so that it is told their step instead of being sent their text. */
export interface PassedExports {
  /** The text that a step of this run has reported. */
  reported(step: number, json: string): void;
  /** What is sent to the worker, and what of it is handed over. */
  forWorker(steps: readonly GivenExports[]): { steps: SentExports[]; transfer: ArrayBuffer[] };
  clear(): void;
}

export function createPassedExports(): PassedExports {
  const kept = new Map<number, string>();
  const encoder = new TextEncoder();
  // Masked exports are another text. That the same text is the same object makes this cheap, however long it is.
  const stepOf = (json: string) => [...kept].find(([, text]) => text === json)?.[0];

  return {
    reported: (step, json) => void kept.set(step, json),
    forWorker(given) {
      const steps = given.map(({ name, json }): SentExports => {
        const step = stepOf(json);
        return step === undefined ? { name, bytes: encoder.encode(json).buffer } : { name, kept: step };
      });
      return { steps, transfer: steps.flatMap((step) => ("bytes" in step ? [step.bytes] : [])) };
    },
    clear: () => kept.clear(),
  };
}
