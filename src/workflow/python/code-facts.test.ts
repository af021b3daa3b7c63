import { describe, expect, test } from "vitest";
import { codeFacts } from "./code-facts.ts";

const handler = (body: string) => `def handler(pd: "pipedream"):\n    ${body}\n`;
const steps = (code: string) => {
  const { lookups, readsAnyStep } = codeFacts(code);
  return readsAnyStep ? "any" : lookups;
};
const variables = (code: string) => {
  const { variables: names, readsAnyVariable } = codeFacts(code);
  return readsAnyVariable ? "any" : names;
};

describe("steps that code reads", () => {
  test.each([
    [handler("return 1"), []],
    [handler('return pd.steps["a"]["$return_value"]'), ["a"]],
    [handler("return pd . steps [ 'a' ]"), ["a"]],
    [handler('return pd.steps.get("a", {}), pd.steps["trigger"]["event"]'), ["a", "trigger"]],
    [handler('return "a" in pd.steps, "b" not in pd.steps'), ["a", "b"]],
    [handler('pd.export("x", pd.inputs["slack"]); pd.flow.exit("no")'), []],
    [handler('return [pd.steps[name] for name in ("a", "b")]'), "any"],
    [handler("return [*pd.steps]"), "any"],
    [handler("return use(pd)"), "any"],
    [handler("steps = pd.steps; return steps['a']"), "any"],
    ["from pipedream.script_helpers import steps\nsteps['a']", "any"],
    ["def handler(p):\n    return p.steps['a']", "any"],
    ["import pandas as pd\ndef handler(pd):\n    return pd.DataFrame()", "any"],
  ])("%j: %j", (code, expected) => expect(steps(code)).toEqual(expected));
});

describe("environment variables that code reads", () => {
  test.each([
    ["x = 1", []],
    ['import os\nos.environ["KEY"]', ["KEY"]],
    ["os.environ.get('A'), os.getenv(\"B\", '')", ["A", "B"]],
    ['from os import environ, getenv\nenviron["A"], getenv("B")', ["A", "B"]],
    ["os.environ[name]", "any"],
    ["dict(os.environ)", "any"],
  ])("%j: %j", (code, expected) => expect(variables(code)).toEqual(expected));
});

test("the fingerprint changes with the code, and not with the name of a step that is looked up", () => {
  const before = codeFacts(handler('return pd.steps["old"]["x"]')).fingerprint;
  expect(codeFacts(handler('return pd.steps["new"]["x"]')).fingerprint).toBe(before);
  expect(codeFacts(handler('return pd.steps["old"]["y"]')).fingerprint).not.toBe(before);
  expect(codeFacts(handler("return  1")).fingerprint).not.toBe(codeFacts(handler("return 1")).fingerprint);
});
