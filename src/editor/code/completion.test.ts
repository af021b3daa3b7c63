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
  ["pd.", ["steps", "inputs", "export", "flow", "respond", "context", "send"]],
  ["return pd.flow.", ["exit", "delay", "suspend", "rerun"]],
  ["console.", ["log", "info", "debug", "warn", "error"]],
  [
    "pd.inputs['data_store'].se",
    ["get", "set", "set_ttl", "pop", "setdefault", "keys", "values", "items", "clear"],
  ],
])("%s", (before, expected) => {
  expect(labels(before)).toEqual(expected);
});

test("elsewhere there is nothing of ours", () => {
  expect(labels('print("')).toBeNull();
  expect(labels('update.steps["')).toBeNull();
  expect(labels('pd.steps["a"] + "')).toBeNull();
  expect(labels("updater.pd.")).toBeNull();
  expect(labels("pd.context.")).toBeNull();
  expect(labels("pd.flow.exit.")).toBeNull();
});

test("the typed part is replaced", () => {
  expect(completionsAt('pd.steps["tri', roots)?.typed).toBe(3);
  expect(completionsAt("pd.in", roots)?.typed).toBe(2);
});

test("functions say what they take", () => {
  const detail = (before: string, name: string) =>
    completionsAt(before, roots)?.items.find(({ label }) => label === name)?.detail;
  expect(detail("pd.flow.", "delay")).toBe("(ms: float) -> dict[str, str]");
  expect(detail("pd.flow.su", "suspend")).toBe("(timeout_ms: float | None = 86_400_000) -> dict[str, str]");
  expect(detail('pd.inputs["data_store"].', "set")).toBe(
    "(key: str, value: Any, ttl: float | None = None) -> None",
  );
  expect(detail("pd.", "steps")).toBe("Exports of the trigger and the steps above.");
});
