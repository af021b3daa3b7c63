import { expect, test } from "vitest";
import { badgeOf } from "./status.ts";

const nothing = { stale: false, durationMs: null, error: null, exitReason: null } as const;
const error = {
  code: "PythonError",
  type: "KeyError",
  message: "'name'",
  line: 7,
  column: null,
  traceback: "",
  hint: null,
};

test.each([
  [{ ...nothing, status: "not-tested" as const }, "Not tested"],
  [{ ...nothing, status: "running" as const }, "Running"],
  [{ ...nothing, status: "success" as const, durationMs: 236 }, "Success · 236 ms"],
  [
    { ...nothing, status: "success" as const, durationMs: 2, exitReason: "no rows" },
    "Success · 2 ms · ended here",
  ],
  [{ ...nothing, status: "failed" as const, error }, "Failed · KeyError · line 7"],
  [
    { ...nothing, status: "failed" as const, error: { ...error, type: "Timeout", line: null } },
    "Failed · Timeout",
  ],
  [{ ...nothing, status: "stopped" as const }, "Stopped"],
  [{ ...nothing, status: "success" as const, stale: true }, "Stale"],
  [{ ...nothing, status: "failed" as const, stale: true, error }, "Stale"],
  [{ ...nothing, status: "running" as const, stale: true }, "Running"],
])("%o reads %s", (state, text) => {
  expect(badgeOf(state).text).toBe(text);
});
