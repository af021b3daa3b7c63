import { expect, test } from "vitest";
import { crashError } from "./errors.ts";

/** What Chrome, Firefox and Pyodide said when interpreters died. */
test.each([
  ["Maximum call stack size exceeded", /deeper than the browser's stack/],
  ["too much recursion", /deeper than the browser's stack/],
  ["Program terminated with exit(137)", /ended Python itself/],
  ["unreachable", /native code/],
  ["unreachable executed", /native code/],
  ["The worker is gone.", /from outside/],
  ["memory access out of bounds", /native code/],
  ["index out of bounds", /native code/],
  ["null function or function signature mismatch", /native code/],
  ["Array buffer allocation failed", /out of memory/],
  ["WebAssembly.Memory.grow(): Maximum memory size exceeded", /out of memory/],
  ["Aborted(OOM): out of memory", /out of memory/],
  ["A flood of messages.", /no step may send/],
])("%s is told as what it is", (detail, message) => {
  const error = crashError(detail);
  expect(error).toMatchObject({ code: "RuntimeCrashed", type: "RuntimeCrashed", traceback: detail });
  expect(error.message).toMatch(message);
  expect(error.hint).toMatch(/^\w.+ The next test starts a fresh Python\.$/);
});

test("a crash of another kind is no riddle, but Python's end", () => {
  expect(crashError("something new")).toMatchObject({
    message: "Python itself failed while it ran this step.",
    hint: "The next test starts a fresh Python.",
  });
});
