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

/** The interpreter died under the step. `detail`: what the browser said of it. */
export function crashError(detail: string): StepError {
  const { message, hint } = crashes.find(({ signs }) => signs.test(detail)) ?? {
    message: "Python itself failed while it ran this step.",
    hint: "",
  };
  return {
    ...nowhere,
    code: "RuntimeCrashed",
    type: "RuntimeCrashed",
    message,
    traceback: detail,
    hint: `${hint} The next test starts a fresh Python.`.trim(),
  };
}

/** How browsers and Pyodide say what an interpreter died of; Chrome's words first, then Firefox's. */
const crashes: readonly { readonly signs: RegExp; readonly message: string; readonly hint: string }[] = [
  {
    signs: /call stack|too much recursion/i,
    message: "Python was ended: its code called itself deeper than the browser's stack reaches.",
    hint: "Use a loop in place of the recursion, or leave sys.setrecursionlimit alone: Python then raises RecursionError in time.",
  },
  {
    signs: /exit\((\d+)\)/,
    message: "The step's code ended Python itself.",
    hint: "os._exit, os.kill and the like end the whole interpreter. Use return, pd.flow.exit(reason) or sys.exit().",
  },
  {
    signs: /out of memory|allocation|could not allocate|typed array length|array buffer|memory\.grow/i,
    message: "Python was ended: it ran out of memory.",
    hint: "Work on less data at a time, page by page or line by line.",
  },
  {
    signs: /flood of messages/i,
    message: "Python was ended: the step's code sent Runnel messages that no step may send.",
    hint: "Hand results over with print, pd.export and return.",
  },
  {
    signs: /worker is gone/i,
    message:
      "Python was ended from outside: by the browser, which does so where memory is short, or by code that closed its worker.",
    hint: "Work on less data at a time, page by page or line by line.",
  },
  {
    signs: /out of bounds|signature mismatch|null function|indirect call|unreachable|divide by zero/i,
    message:
      "Python was ended by a fault in native code, such as os.abort, ctypes or a package's compiled part.",
    hint: "The end of the log says where it was. Try another version of that package, or do it without it.",
  },
];

/** The step's code used what only Runnel itself may use. */
export function rulesError(): StepError {
  return crashError("A flood of messages.");
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
