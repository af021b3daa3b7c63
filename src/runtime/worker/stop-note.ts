import { begunStep, KEYBOARD_INTERRUPT, notedStep } from "../shared/ring.ts";

/** The bytes this worker shares with the frame: Pyodide's interrupt flag, and the last step that has ended or noted its stop. */
export interface StopNote {
  /** From here on the frame may signal for `step`. */
  begins(step: number): void;
  /** Tells the frame that it need not signal for `step` any more. */
  settled(step: number): void;
  clearInterrupt(): void;
  raiseInterrupt(): void;
}

export function createStopNote(shared: SharedArrayBuffer | null): StopNote {
  if (!shared)
    return { begins: () => {}, settled: () => {}, clearInterrupt: () => {}, raiseInterrupt: () => {} };
  const flag = new Uint8Array(shared, 0, 1);
  const noted = notedStep(shared);
  const begun = begunStep(shared);
  return {
    begins: (step) => Atomics.store(begun, 0, step),
    settled: (step) => Atomics.store(noted, 0, step),
    clearInterrupt: () => {
      flag[0] = 0;
    },
    raiseInterrupt: () => {
      flag[0] = KEYBOARD_INTERRUPT;
    },
  };
}
