// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { packStep } from "../../runs/history/pack.ts";
import type { PastRunStatus, PastRunSummary, StepResultRecord } from "../../runs/index.ts";
import { openMemoryStorage } from "../../storage/index.ts";
import { Toaster } from "../../ui/index.ts";
import { setEventText, updateStep, type Workflow, workflowCodec } from "../../workflow/index.ts";
import { Editor } from "../Editor.tsx";
import { EditorHeader } from "../header/EditorHeader.tsx";
import { renderIn, testEditor, workflowWith } from "../testing.tsx";
import { withLayout } from "../testing-browser.ts";

beforeAll(() => Promise.all([import("./HistoryPage.tsx"), import("./RunsDialog.tsx")]));

withLayout();
afterEach(cleanup);

const noon = new Date(2026, 4, 1, 12).getTime();

const result = (workflow: Workflow, stepId: string, change: Partial<StepResultRecord>): StepResultRecord => ({
  id: `${workflow.id} ${stepId}`,
  workflowId: workflow.id,
  stepId,
  status: "success",
  startedAt: noon,
  durationMs: 20,
  logs: [],
  logLinesTotal: 0,
  exportsJson: "{}",
  displays: [],
  inputsJson: null,
  network: [],
  error: null,
  exitReason: null,
  fingerprint: "",
  summary: "",
  ...change,
});

/** A builder with the step `one`, whose workflow has these past runs. */
async function showRuns(
  ...runs: readonly {
    readonly minute: number;
    readonly status?: PastRunStatus;
    readonly event?: string;
    readonly code?: string;
    readonly exports?: string;
    readonly stepId?: string;
  }[]
) {
  const workflow = workflowWith("one");
  const [step] = workflow.steps;
  if (!step) throw new Error("no step");
  const { pastRuns } = await openMemoryStorage({ workflowCodec });
  for (const {
    minute,
    status = "success",
    event = "{}",
    code = "# one\n",
    exports = "{}",
    stepId = "one",
  } of runs) {
    const id = `${workflow.id} ${minute}`;
    const summary: PastRunSummary = {
      id,
      workflowId: workflow.id,
      kind: "workflow",
      startedAt: noon + minute * 60_000,
      durationMs: 20,
      status,
      steps: [{ name: "one", outcome: status === "failed" ? "failed" : "success" }],
      error: null,
      size: 100,
    };
    const record = result(workflow, stepId, {
      exportsJson: exports,
      logs: [{ stream: "stdout", text: `printed at ${minute}`, at: noon }],
      logLinesTotal: 1,
    });
    const packed = packStep({ ...step, id: stepId, code }, record, 8_000_000);
    const trigger = { kind: "manual" as const, eventText: event, length: event.length };
    await pastRuns.put(summary, { id, trigger, steps: [packed] }, () => []);
  }
  const editor = testEditor(workflow, [], { pastRuns });
  renderIn(
    editor,
    <>
      <EditorHeader services={editor} />
      <Editor services={editor} />
      <Toaster />
    </>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Runs" }));
  const dialog = await screen.findByRole("dialog", { name: "Runs" });
  return { editor, dialog: within(dialog) };
}

const opened = (minute: number) =>
  screen.findByRole("region", { name: new RegExp(`^Run of .*12:0${minute}:00`) });

describe("the list", () => {
  test("says what it is for where there is nothing in it", async () => {
    const { dialog } = await showRuns();
    expect(await dialog.findByText("No runs yet")).toBeTruthy();
    expect(dialog.getByRole("button", { name: "Clear all" })).toHaveProperty("disabled", true);
  });

  test("shows the newest first, and only those of a status", async () => {
    const { dialog } = await showRuns({ minute: 1 }, { minute: 3, status: "failed" }, { minute: 2 });
    const rows = await dialog.findAllByRole("listitem");
    expect(rows.map((row) => /12:\d\d/.exec(row.textContent ?? "")?.[0])).toEqual([
      "12:03",
      "12:02",
      "12:01",
    ]);
    expect(within(rows[0] as HTMLElement).getByRole("img", { name: "Failed" })).toBeTruthy();
    fireEvent.change(dialog.getByLabelText("Status"), { target: { value: "failed" } });
    expect(dialog.getAllByRole("listitem")).toHaveLength(1);
  });

  test("arrows go from run to run", async () => {
    const { dialog } = await showRuns({ minute: 1 }, { minute: 2 });
    const [first, second] = await dialog.findAllByRole("button", { name: /Workflow/ });
    first?.focus();
    if (first) fireEvent.keyDown(first, { key: "ArrowDown" });
    expect(document.activeElement).toBe(second);
  });

  test("a run that is deleted can be brought back; all are cleared after a question", async () => {
    const { dialog } = await showRuns({ minute: 1 }, { minute: 2 });
    fireEvent.click((await dialog.findAllByRole("button", { name: /^Menu of run/ }))[0] as HTMLElement);
    fireEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await waitFor(() => expect(dialog.getAllByRole("listitem")).toHaveLength(1));
    fireEvent.click(await dialog.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(dialog.getAllByRole("listitem")).toHaveLength(2));
    fireEvent.click(dialog.getByRole("button", { name: "Clear all" }));
    const question = within(await screen.findByRole("dialog", { name: "Clear all runs?" }));
    fireEvent.click(question.getByRole("button", { name: "Clear all" }));
    expect(await dialog.findByText("No runs yet")).toBeTruthy();
  });
});

describe("a past run", () => {
  test("shows its cards in the place of the steps, and nothing there edits the document", async () => {
    const { editor, dialog } = await showRuns({ minute: 1, code: "# then\n" });
    act(() => editor.document.getState().apply((workflow) => setEventText(workflow, "[]")));
    fireEvent.click(await dialog.findByRole("button", { name: /Workflow/ }));
    const banner = within(await opened(1));
    expect(screen.getByRole("article", { name: "one" }).textContent).toContain("# then");
    expect(await screen.findByRole("log", { name: "Logs of one" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Undo" })).toHaveProperty("disabled", true);
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    expect(editor.document.getState().workflow.trigger.eventText).toBe("[]");
    fireEvent.click(banner.getByRole("button", { name: "Back to editing" }));
    expect(screen.getByRole("article", { name: "one" }).textContent).toContain("# one");
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    expect(editor.document.getState().workflow.trigger.eventText).toContain("Hello");
  });

  test("its event becomes the trigger's, its code the step's, each as an edit that can be undone", async () => {
    const { editor, dialog } = await showRuns({ minute: 1, code: "# then\n", event: '{"n": 7}' });
    fireEvent.click(await dialog.findByRole("button", { name: /Workflow/ }));
    await opened(1);
    const { document: store } = editor;
    fireEvent.click(screen.getByRole("button", { name: "Restore this code" }));
    expect(store.getState().workflow.steps[0]?.code).toBe("# then\n");
    expect(screen.queryByRole("button", { name: "Restore this code" })).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Use as test event" }));
    expect(store.getState().workflow.trigger.eventText).toBe('{"n": 7}');
    expect(screen.queryByRole("region", { name: /^Run of/ })).toBeNull();
    act(() => store.getState().undo());
    expect(store.getState().workflow.trigger.eventText).toContain("Hello");
    act(() => store.getState().undo());
    expect(store.getState().workflow.steps[0]?.code).toBe("# one\n");
  });

  test("code that hides a secret is not restored; nor is that of a step that is gone", async () => {
    const { dialog } = await showRuns({ minute: 1, code: "k = '⟦env.KEY⟧'" }, { minute: 2, stepId: "gone" });
    fireEvent.click((await dialog.findAllByRole("button", { name: /Workflow/ }))[1] as HTMLElement);
    await opened(1);
    expect(screen.getByText("Its code was not kept in full.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Runs" }));
    const again = within(await screen.findByRole("dialog", { name: "Runs" }));
    fireEvent.click((await again.findAllByRole("button", { name: /Workflow/ }))[0] as HTMLElement);
    await opened(2);
    expect(screen.getByText("This step is not in the workflow any more.")).toBeTruthy();
  });

  test("a run that starts brings the steps back", async () => {
    const { editor, dialog } = await showRuns({ minute: 1 });
    fireEvent.click(await dialog.findByRole("button", { name: /Workflow/ }));
    await opened(1);
    act(() =>
      editor.runs.setState({ running: { kind: "workflow", stepIds: ["one"], currentStepId: "one" } }),
    );
    expect(screen.queryByRole("region", { name: /^Run of/ })).toBeNull();
  });
});

test("two runs are compared step by step, the older one first", async () => {
  const { editor, dialog } = await showRuns(
    { minute: 2, exports: '{"n":2}', code: "# same\n" },
    { minute: 1, exports: '{"n":1}', code: "# same\n", status: "failed" },
  );
  act(() => editor.document.getState().apply((workflow) => updateStep(workflow, "one", { code: "# now\n" })));
  expect(dialog.getByRole("button", { name: "Compare" })).toHaveProperty("disabled", true);
  for (const box of await dialog.findAllByRole("checkbox")) fireEvent.click(box);
  fireEvent.click(dialog.getByRole("button", { name: "Compare" }));
  const banner = await screen.findByRole("region", { name: "Two runs compared" });
  expect(banner.textContent).toMatch(/12:01:00.*→.*12:02:00/);
  const card = within(screen.getByRole("article", { name: "one" }));
  expect(card.getByText("Code unchanged")).toBeTruthy();
  expect(card.getByRole("button", { name: "Exports changed" }).getAttribute("aria-expanded")).toBe("true");
  expect(screen.getByText("Event unchanged")).toBeTruthy();
});
