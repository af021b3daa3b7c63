import type { StepError } from "../protocol.ts";

const nowhere = { line: null, column: null, traceback: "" } as const;

/** Fact 33 of the reference: a step's time limit ends it with "Timeout". */
export function timeoutError(limitMs: number): StepError {
  const seconds = limitMs / 1000;
  return {
    ...nowhere,
    code: "Timeout",
    type: "Timeout",
    message: `The step ran longer than its limit of ${seconds} s and was ended.`,
    hint: "Raise the time limit in the workflow's settings (up to 750 s), or do less in one step.",
  };
}

/** The interpreter died under the step. */
export function crashError(detail: string): StepError {
  return {
    ...nowhere,
    code: "RuntimeCrashed",
    type: "RuntimeCrashed",
    message: "Python itself failed while it ran this step.",
    traceback: detail,
    hint: `${causeOf(detail)} The next test starts a fresh Python.`.trim(),
  };
}

function causeOf(detail: string): string {
  if (/memory|allocation/i.test(detail)) return "It may have run out of memory: work on less data at a time.";
  if (/call stack/i.test(detail))
    return "The recursion was too deep: use a loop, or leave sys.setrecursionlimit alone.";
  return "";
}

/** Python never started. */
export function startError(detail: string): StepError {
  return {
    ...nowhere,
    code: "RuntimeUnavailable",
    type: "RuntimeUnavailable",
    message: "Python could not be started, so the step did not run.",
    traceback: detail,
    hint: "Reload the page. If it stays so, see what the line above says.",
  };
}
