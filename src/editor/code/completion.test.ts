import { expect, test } from "vitest";
import { completionsAt } from "./completion.ts";

const roots = () => ({
  steps: {
    trigger: { event: { message: "Hello" } },
    fetch: { $return_value: { id: 7, items: [{ name: "a" }] }, extra: null },
  },
  inputs: { slack: { $auth: { oauth_access_token: "" } } },
  variables: ["API_KEY", "REGION"],
});

function labels(before: string): readonly string[] | null {
  return completionsAt(before, roots)?.items.map(({ label }) => label) ?? null;
}

test.each([
  ['x = pd.steps["', ["trigger", "fetch"]],
  ["x = pd.steps['tr", ["trigger", "fetch"]],
  ['print(pd.steps["trigger"]["event"]["', ["message"]],
  ['pd.steps["fetch"]["', ["$return_value", "extra"]],
  ['pd.steps["fetch"]["$return_value"]["items"][0]["', ["name"]],
  // What is no export itself is looked up in the return value, as the bridge does.
  ['pd.steps["fetch"]["items"][0]["', ["name"]],
  ['pd.steps["fetch"]["extra"]["', []],
  ['pd.steps["nothing"]["', []],
  ['pd.inputs["slack"]["$auth"]["', ["oauth_access_token"]],
  ['os.environ["A', ["API_KEY", "REGION"]],
  ["environ.get('", ["API_KEY", "REGION"]],
  ['os.getenv("', ["API_KEY", "REGION"]],
  ["pd.", ["steps", "inputs", "export", "flow"]],
])("%s", (before, expected) => {
  expect(labels(before)).toEqual(expected);
});

test("elsewhere there is nothing of ours", () => {
  expect(labels('print("')).toBeNull();
  expect(labels('update.steps["')).toBeNull();
  expect(labels('pd.steps["a"] + "')).toBeNull();
});

test("the typed part is replaced", () => {
  expect(completionsAt('pd.steps["tri', roots)?.typed).toBe(3);
  expect(completionsAt("pd.in", roots)?.typed).toBe(2);
});
