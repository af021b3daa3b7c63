import { expect, test } from "vitest";
import { newStep, newWorkflow } from "./create.ts";
import { insertStep } from "./edits.ts";
import { checkStepName, freeName, generateStepName, isStepName, withoutNumber } from "./names.ts";

test.each([
  [null, [], "python"],
  [null, ["python"], "python_2"],
  ["slack", [], "python_slack"],
  ["slack", ["python_slack", "python_slack_2"], "python_slack_3"],
  ["slack", ["python_slack_2"], "python_slack"],
  ["google-sheets.v2", [], "python_google_sheets_v2"],
  ["1password", [], "python_1password"],
  ["日本", [], "python"],
  ["a".repeat(99), [], `python_${"a".repeat(57)}`],
])("the name of a new step of %j where %j are taken is %s", (slug, taken, name) => {
  expect(generateStepName(taken, slug)).toBe(name);
  expect(isStepName(name)).toBe(true);
});

test("free names never grow too long and are never the trigger's", () => {
  const long = "a".repeat(64);
  expect(freeName([long], long)).toBe(`${"a".repeat(62)}_2`);
  expect(freeName([], "trigger")).toBe("trigger_2");
});

test.each([
  ["python_slack_2", "python_slack"],
  ["python", "python"],
  ["a_1_2", "a_1"],
  ["_2", "_2"],
])("%s counts up from %s", (name, base) => expect(withoutNumber(name)).toBe(base));

test("checkStepName names the problem", () => {
  const empty = newWorkflow();
  const one = newStep({ workflow: empty, title: "One", code: "", apps: [] });
  const workflow = insertStep(empty, 0, one);
  const other = "another id";
  expect(checkStepName(workflow, one.id, "python")).toBeNull();
  expect(checkStepName(workflow, other, "Fine_1")).toBeNull();
  expect(checkStepName(workflow, other, "_")).toBeNull();
  expect(checkStepName(workflow, other, "python")).toMatch(/Another step/);
  expect(checkStepName(workflow, other, "")).toMatch(/needs a name/);
  expect(checkStepName(workflow, other, "trigger")).toMatch(/name of the trigger/);
  expect(checkStepName(workflow, other, "1st")).toMatch(/start with a digit/);
  expect(checkStepName(workflow, other, "my step")).toMatch(/letters/);
  expect(checkStepName(workflow, other, "größe")).toMatch(/letters/);
  expect(checkStepName(workflow, other, "a\n")).toMatch(/letters/);
  expect(checkStepName(workflow, other, "a".repeat(65))).toMatch(/64/);
});
