// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Toaster } from "../../ui/index.ts";
import { StepList } from "../StepList.tsx";
import { renderIn, setRun, type TestEditor, testEditor, workflowWith } from "../testing.tsx";
import { withLayout } from "../testing-browser.ts";
import { dropPath } from "./insert-path.ts";
import { ReaderDialog } from "./ReaderDialog.tsx";

withLayout();
afterEach(cleanup);

const codeOf = (editor: TestEditor, name: string) =>
  editor.document.getState().workflow.steps.find((step) => step.name === name)?.code;

/** An editor with the exports of step `one` on the screen. */
async function showExports(...names: string[]) {
  const editor = testEditor(workflowWith(...names));
  renderIn(
    editor,
    <>
      <StepList />
      <ReaderDialog />
      <Toaster />
    </>,
  );
  act(() => setRun(editor, "one", { status: "success", exportsJson: '{"$return_value":{"a\\"b":1}}' }));
  const card = within(screen.getByRole("article", { name: "one" }));
  fireEvent.click(await card.findByRole("tab", { name: "Exports" }));
  const row = within(card.getByRole("treeitem", { name: /^a"b/ }));
  return { editor, insert: () => fireEvent.click(row.getByRole("button", { name: "Insert path" })) };
}

const expression = String.raw`pd.steps["one"]["$return_value"]["a\"b"]`;

test("into the one step below, as one edit that undo takes back", async () => {
  const { editor, insert } = await showExports("one", "two");
  insert();
  expect(codeOf(editor, "two")).toBe(`# two\n${expression}`);
  act(() => editor.document.getState().undo());
  expect(codeOf(editor, "two")).toBe("# two\n");
  expect(editor.document.getState().canUndo).toBe(false);
});

test("of several steps below, the person chooses", async () => {
  const { editor, insert } = await showExports("zero", "one", "two", "three");
  insert();
  const dialog = within(screen.getByRole("dialog", { name: "Insert into which step?" }));
  expect(dialog.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
    expect.stringContaining("two"),
    expect.stringContaining("three"),
  ]);
  fireEvent.click(dialog.getByRole("button", { name: /three/ }));
  expect(codeOf(editor, "three")).toContain(expression);
  expect(codeOf(editor, "two")).toBe("# two\n");
  expect(screen.queryByRole("dialog", { name: "Insert into which step?" })).toBeNull();
});

test("the last step's exports can't be inserted anywhere, which is said", async () => {
  const { editor, insert } = await showExports("one");
  insert();
  expect(await screen.findByText(/No step comes after one/)).toBeTruthy();
  expect(editor.document.getState().canUndo).toBe(false);
});

test("a drop goes where the mouse is; on an earlier step or its own it is refused", async () => {
  const { editor } = await showExports("zero", "one", "two");
  const path = { expression: "X", from: "one" };
  act(() => dropPath(editor, path, "two", 2));
  expect(codeOf(editor, "two")).toBe("# Xtwo\n");
  act(() => dropPath(editor, path, "zero", 0));
  expect(await screen.findByText("zero can't read this: it runs before one.")).toBeTruthy();
  act(() => dropPath(editor, path, "one", 0));
  expect(await screen.findByText(/can't read its own exports/)).toBeTruthy();
  expect([codeOf(editor, "zero"), codeOf(editor, "one")]).toEqual(["# zero\n", "# one\n"]);
});
