import { expect, test } from "vitest";
import { afterText, dueText, leftText, waitText } from "./wait-text.ts";

const noon = new Date(2030, 4, 17, 12, 0, 0).getTime();
const hour = 3_600_000;
const delay = {
  kind: "delay",
  since: noon,
  due: noon + 5 * 60_000,
  rerun: null,
  stepIds: ["a", "b"],
} as const;

test("a short wait is told to the second, one of days with its date", () => {
  expect(dueText(delay, noon)).toBe("12:05:00");
  expect(dueText({ since: noon, due: noon + hour }, noon)).toBe("13:00");
  expect(dueText({ since: noon, due: noon + 24 * hour }, noon)).toMatch(/18.*, 12:00$/);
});

test("what a run does, and what comes then", () => {
  expect([waitText(delay), afterText(delay)]).toEqual(["Waiting until 12:05:00", "then 2 steps"]);
  expect(afterText({ ...delay, stepIds: [] })).toBe("nothing is left to run");
  const suspend = { ...delay, kind: "suspend", stepIds: ["a"] } as const;
  expect([waitText(suspend), afterText(suspend)]).toEqual([
    "Suspended",
    "then 1 step, cancelled at 12:05:00 unless it is resumed",
  ]);
  const rerun = { ...delay, kind: "rerun", rerun: { runs: 2, context: "null", maxRetries: 10 } } as const;
  expect([waitText(rerun), afterText(rerun)]).toEqual(["Runs again at 12:05:00", "run 2 of 11 at most"]);
});

test.each([
  [-5, "0 s left"],
  [4200, "5 s left"],
  [12_000, "12 s left"],
  [272_000, "4 min 32 s left"],
])("%d ms: %s", (left, text) => {
  expect(leftText(noon + left, noon)).toBe(text);
});
