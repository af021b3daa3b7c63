// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { WaitingRun } from "../../runs/index.ts";
import { StatusBadge } from "../card/StatusBadge.tsx";
import { renderIn, setRun, type TestEditor, testEditor, workflowWith } from "../testing.tsx";
import { StepWaits } from "./StepWaits.tsx";
import { WaitingButton } from "./WaitingButton.tsx";

afterEach(cleanup);

const waiting = (runId: string, kind: WaitingRun["kind"], stepId = "ask"): WaitingRun => ({
  id: `w ${runId}`,
  workflowId: "w",
  runId,
  runKind: "workflow",
  kind,
  stepId,
  stepStartedAt: 1,
  plannedIds: ["ask", "then"],
  stepIds: ["then"],
  since: Date.now(),
  due: Date.now() + 60_000,
  triggerJson: "{}",
  exports: {},
  rerun: kind === "rerun" ? { runs: 2, context: "null", maxRetries: 10 } : null,
  address: { hook: "h", resume: "r", cancel: "c" },
});

function show(runs: readonly WaitingRun[], goingOn: readonly string[] = []): TestEditor {
  const editor = testEditor(workflowWith("ask", "then"));
  setRun(editor, "ask", { status: "success", durationMs: 5 });
  editor.runs.setState({ waiting: runs, goingOn });
  renderIn(
    editor,
    <>
      <StatusBadge stepId="ask" />
      <StepWaits stepId="ask" stepName="ask" />
      <WaitingButton services={editor} />
    </>,
  );
  return editor;
}

const rows = () =>
  within(screen.getByRole("list", { name: "Runs that wait after ask" })).getAllByRole("listitem");

test("a step says what runs wait after it, and ends their waits", () => {
  const editor = show([waiting("r1", "rerun"), waiting("r2", "delay"), waiting("r3", "delay", "then")]);
  expect(screen.getByRole("status").textContent).toMatch(/^Waiting until \d\d:\d\d:\d\d$/);
  const [first, second, third] = rows();
  expect(third).toBeUndefined();
  expect(first?.textContent).toContain("run 2 of 11 at most");
  expect(second?.textContent).toMatch(/then 1 step · (1 min|5\d s) left/);
  for (const row of [first, second])
    if (row) fireEvent.click(within(row).getByRole("button", { name: "Skip" }));
  if (first) fireEvent.click(within(first).getByRole("button", { name: "Cancel" }));
  expect(editor.asked).toEqual(["resume r1", "resume r2", "cancel r1"]);
});

test("a suspended run is resumed with JSON, which is checked before", () => {
  const editor = show([waiting("r1", "suspend")]);
  expect(screen.getByRole("status").textContent).toBe("Suspended");
  fireEvent.click(screen.getByRole("button", { name: "Resume…" }));
  const dialog = screen.getByRole("dialog", { name: "Resume the run" });
  const field = within(dialog).getByLabelText("JSON body");
  const press = () => fireEvent.click(within(dialog).getByRole("button", { name: "Resume" }));
  fireEvent.change(field, { target: { value: "{'a': 1}" } });
  press();
  expect(dialog.textContent).toContain('Line 1, column 2: A name in double quotes is expected here, or "}".');
  expect(editor.asked).toEqual([]);
  fireEvent.change(field, { target: { value: '{"a": 1}' } });
  fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
  expect(editor.asked).toEqual(['resume r1 {"a": 1}']);
});

test("one that is about to go on can only be cancelled", () => {
  show([waiting("r1", "delay")], ["r1"]);
  const [row] = rows();
  expect(row?.textContent).toContain("goes on when what runs now is over");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Skip" }).disabled).toBe(true);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Cancel" }).disabled).toBe(false);
});

test("the header has all of them, also after steps that were removed, and nothing while none waits", () => {
  const editor = show([waiting("r1", "delay"), waiting("r2", "suspend", "gone")]);
  fireEvent.click(screen.getByRole("button", { name: "2 waiting" }));
  const dialog = screen.getByRole("dialog", { name: "Runs that wait" });
  expect(dialog.textContent).toContain("after ask");
  expect(dialog.textContent).toContain("after a step that was removed");
  cleanup();
  editor.runs.setState({ waiting: [] });
  renderIn(editor, <WaitingButton services={editor} />);
  expect(screen.queryByRole("button")).toBeNull();
});
