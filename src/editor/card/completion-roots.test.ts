// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { setEventText } from "../../workflow/index.ts";
import { setRun, testEditor, workflowWith } from "../testing.tsx";
import { completionRoots } from "./completion-roots.ts";

interface Steps {
  readonly trigger: { readonly event: unknown };
  readonly first: unknown;
}

/** What the second of two steps can read. */
function roots(eventText: string, exportsJson: string) {
  const editor = testEditor(setEventText(workflowWith("first", "second"), eventText));
  setRun(editor, "first", { exportsJson });
  const step = editor.document.getState().workflow.steps[1];
  if (step === undefined) throw new Error("There is no second step.");
  return () => completionRoots(editor, step, new Map([["slack", ["token"]]])).steps as Steps;
}

test("the event and the exports above are read once, not with every key", () => {
  const read = roots('{"n": [1]}', '{"rows": [2]}');
  const [steps, again] = [read(), read()];
  expect(steps).toMatchObject({ trigger: { event: { n: [1] } }, first: { rows: [2] } });
  expect(again.trigger.event).toBe(steps.trigger.event);
  expect(again.first).toBe(steps.first);
});

test("what is large is not read at all, and an event that is no JSON has nothing", () => {
  const large = JSON.stringify({ text: "x".repeat(1_000_000) });
  expect(roots(large, large)()).toMatchObject({ trigger: { event: {} }, first: {} });
  expect(roots("{", "{}")().trigger.event).toEqual({});
});
