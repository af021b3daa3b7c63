// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ClipboardDialog } from "../clipboard/ClipboardDialog.tsx";
import { StepList } from "../StepList.tsx";
import { useEditor } from "../services.ts";
import { account, renderIn, type TestEditor, testEditor, workflowWith } from "../testing.tsx";
import { editorCommands, shownKeys } from "./index.ts";
import { stepCommands } from "./step-commands.ts";
import { useEditorKeys } from "./use-editor-keys.ts";
import { workflowCommands } from "./workflow-commands.ts";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const card = (name: string) => screen.getByRole("article", { name });
const names = (editor: TestEditor) => editor.document.getState().workflow.steps.map((step) => step.name);
const stepAt = (editor: TestEditor, index: number) => editor.document.getState().workflow.steps[index];

function Page() {
  useEditorKeys(useEditor());
  return (
    <>
      <StepList />
      <ClipboardDialog />
    </>
  );
}

function show(editor: TestEditor): TestEditor {
  renderIn(editor, <Page />);
  return editor;
}

function run(editor: TestEditor, id: string, step: string | null): void {
  const command = editorCommands(editor, step).find((each) => each.id === id);
  if (!command?.enabled) throw new Error(`${id} can't be run`);
  act(command.run);
}

/** A clipboard event at the focused element, as the browser brings it. */
function clipboardEvent(type: "copy" | "cut" | "paste", data = new Map<string, string>()) {
  const event = new Event(type, { bubbles: true, cancelable: true });
  Object.assign(event, {
    clipboardData: {
      getData: (kind: string) => data.get(kind) ?? "",
      setData: (kind: string, text: string) => void data.set(kind, text),
    },
  });
  act(() => void (document.activeElement ?? document.body).dispatchEvent(event));
  return { text: data.get("text/plain") ?? "", taken: event.defaultPrevented };
}

test("every command has an id and keys of its own", () => {
  const all = [...stepCommands, ...workflowCommands];
  const ids = all.map(({ id }) => id);
  const chords = all.flatMap(({ keys = [] }) => keys);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(chords).size).toBe(chords.length);
});

test("tooltips and menus show the keys that work", async () => {
  const editor = show(testEditor(workflowWith("one", "two")));
  expect(within(card("one")).getByRole("button", { name: "Test" }).title).toBe("Test this step (Ctrl+Enter)");
  fireEvent.click(within(card("two")).getByRole("button", { name: "Step menu" }));
  const item = await screen.findByRole("menuitem", { name: "Move up" });
  expect(item.textContent).toContain(shownKeys("step.move-up"));
  fireEvent.keyDown(card("two"), { key: "ArrowUp", altKey: true });
  expect(names(editor)).toEqual(["two", "one"]);
});

test.each([
  [{ ctrlKey: true }, "test two"],
  [{ ctrlKey: true, shiftKey: true }, "up to two"],
  [{ altKey: true }, "workflow"],
])("Enter with %o in a step's code: %s", (modifiers, asked) => {
  const editor = show(testEditor(workflowWith("one", "two")));
  fireEvent.keyDown(screen.getByLabelText("Code of two"), { key: "Enter", ...modifiers });
  expect(editor.asked).toEqual([asked]);
  act(() => editor.runs.setState({ running: { kind: "step", stepIds: ["two"], currentStepId: "two" } }));
  fireEvent.keyDown(screen.getByLabelText("Code of two"), { key: "Enter", ...modifiers });
  expect(editor.asked).toEqual([asked]);
  fireEvent.keyDown(screen.getByLabelText("Code of two"), { key: ".", code: "Period", altKey: true });
  expect(editor.asked).toEqual([asked, "stop"]);
});

test("outside of a card the keys of steps do nothing", () => {
  const editor = show(testEditor(workflowWith("one")));
  fireEvent.keyDown(document.body, { key: "Enter", ctrlKey: true });
  fireEvent.keyDown(card("trigger"), { key: "Delete" });
  expect(editor.asked).toEqual([]);
  expect(names(editor)).toEqual(["one"]);
});

test("rename, move and delete from the card, each undone by itself", async () => {
  const editor = show(testEditor(workflowWith("one", "two")));
  fireEvent.keyDown(card("one"), { key: "F2" });
  const field = await screen.findByRole("textbox", { name: "Step name" });
  fireEvent.change(field, { target: { value: "first" } });
  fireEvent.keyDown(field, { key: "Enter" });
  fireEvent.keyDown(card("first"), { key: "ArrowDown", altKey: true });
  expect(names(editor)).toEqual(["two", "first"]);
  expect(editor.view.getState().announcement).toBe("first is step 2 of 2 now.");
  fireEvent.keyDown(card("two"), { key: "Delete" });
  expect(names(editor)).toEqual(["first"]);
  for (const expected of [
    ["two", "first"],
    ["first", "two"],
    ["one", "two"],
  ]) {
    fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
    expect(names(editor)).toEqual(expected);
  }
});

test("in a read-only workflow nothing that changes it is offered", () => {
  const editor = testEditor(workflowWith("one"));
  editor.document.setState({ readOnly: true });
  const offered = editorCommands(editor, "one").filter(({ enabled }) => enabled);
  expect(offered.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["step.test", "step.copy", "workflow.test", "workflow.export"]),
  );
  for (const { id, kind } of [...stepCommands, ...workflowCommands])
    if (kind === "edit") expect(offered.some((command) => command.id === id)).toBe(false);
});

test("collapses and expands all", () => {
  const editor = testEditor(workflowWith("one", "two"));
  run(editor, "workflow.collapse", null);
  expect(editor.document.getState().workflow.steps.every(({ collapsed }) => collapsed)).toBe(true);
  run(editor, "workflow.expand", null);
  expect(editor.document.getState().workflow.steps.some(({ collapsed }) => collapsed)).toBe(false);
});

describe("copy and paste", () => {
  test("a focused card's step is copied, and pasted below another with accounts that are here", () => {
    const from = testEditor(workflowWith("one"), [account("a", "slack", "Acme")]);
    const step = stepAt(from, 0);
    if (step === undefined) throw new Error("no step");
    from.document.getState().apply((workflow) => ({
      ...workflow,
      steps: [
        {
          ...step,
          apps: [
            { app: "slack", accountId: "a" },
            { app: "github", accountId: "gone" },
          ],
        },
      ],
    }));
    show(from);
    act(() => card("one").focus());
    const { text, taken } = clipboardEvent("copy");
    expect(taken).toBe(true);
    cleanup();

    const to = show(testEditor(workflowWith("one", "two"), [account("a", "slack", "Acme")]));
    act(() => card("one").focus());
    clipboardEvent("paste", new Map([["text/plain", text]]));
    expect(names(to)).toEqual(["one", "one_2", "two"]);
    expect(stepAt(to, 1)?.apps).toEqual([
      { app: "slack", accountId: "a" },
      { app: "github", accountId: null },
    ]);
    expect(stepAt(to, 1)?.id).not.toBe("one");
    act(() => to.document.getState().undo());
    expect(names(to)).toEqual(["one", "two"]);
  });

  test("cut takes the step away; a selected text and a focused button are the browser's", () => {
    const editor = show(testEditor(workflowWith("one", "two")));
    act(() => within(card("one")).getByRole("button", { name: "Test" }).focus());
    expect(clipboardEvent("copy").taken).toBe(false);
    act(() => card("one").focus());
    expect(clipboardEvent("cut").text).toContain('"runnel.steps"');
    expect(names(editor)).toEqual(["two"]);
  });

  test("Python code becomes a step at the end where no card has the focus; other text is refused", async () => {
    const editor = show(testEditor(workflowWith("one")));
    act(() => (document.activeElement as HTMLElement | null)?.blur());
    clipboardEvent("paste", new Map([["text/plain", "import json\r\nprint(json.dumps({}))"]]));
    expect(stepAt(editor, 1)?.code).toBe("import json\nprint(json.dumps({}))\n");
    clipboardEvent("paste", new Map([["text/plain", "Dear all, see you tomorrow"]]));
    expect(names(editor)).toHaveLength(2);
  });

  test("where the browser refuses its clipboard, dialogs stand in", async () => {
    vi.stubGlobal("navigator", {
      ...navigator,
      clipboard: { readText: () => Promise.reject(), writeText: () => Promise.reject() },
    });
    const editor = show(testEditor(workflowWith("one")));
    run(editor, "step.cut", "one");
    const shown = await screen.findByLabelText<HTMLTextAreaElement>("The step as text");
    // Nothing is on the clipboard: the step stays.
    expect(names(editor)).toEqual(["one"]);
    const { value } = shown;
    fireEvent.click(screen.getByRole("button", { name: "Done" }));

    run(editor, "workflow.paste", "one");
    const field = await screen.findByLabelText("Copied step or Python code");
    fireEvent.change(field, { target: { value: value.slice(0, -20) } });
    fireEvent.click(screen.getByRole("button", { name: "Add step" }));
    expect(screen.getByRole("alert").textContent).toContain("a part of the text is missing");
    fireEvent.change(field, { target: { value } });
    fireEvent.click(screen.getByRole("button", { name: "Add step" }));
    expect(names(editor)).toEqual(["one", "one_2"]);
    await waitFor(() => expect(screen.queryByLabelText("Copied step or Python code")).toBeNull());
  });
});
