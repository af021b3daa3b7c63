import { expect, test } from "vitest";
import { staleText } from "./stale-text.ts";

const nameOf = (slug: string) => (slug === "slack" ? "Slack" : slug);

test("says what has changed", () => {
  expect(staleText([], nameOf)).toBe("");
  expect(staleText([{ kind: "code" }, { kind: "account-fields", app: "slack" }], nameOf)).toBe(
    "Stale: the code changed; the properties of the Slack account changed.",
  );
  expect(staleText([{ kind: "result", step: "a" }], nameOf)).toBe(
    "Stale: the step a above was run again with another result.",
  );
});

test("counts what would be too much to read", () => {
  const reasons = ["A", "B", "C", "D", "E"].map((name) => ({ kind: "variable" as const, name }));
  expect(staleText(reasons, nameOf)).toMatch(/A changed; .*B changed; .*C changed; 2 more\.$/);
});
