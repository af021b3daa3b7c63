// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { account, renderIn, type TestEditor, testEditor, workflowWith } from "../testing.tsx";
import { AddStepButton } from "./AddStepButton.tsx";
import { AddStepDialog } from "./AddStepDialog.tsx";

let editor: TestEditor;

beforeEach(() => {
  editor = testEditor(workflowWith("first"), [
    account("old", "slack", "Old", 1),
    account("new", "slack", "New", 2),
  ]);
  renderIn(
    editor,
    <>
      <AddStepButton after="first" index={1} />
      <AddStepDialog />
    </>,
  );
});
afterEach(cleanup);

const plus = () => screen.getByRole("button", { name: "Add a step after first", hidden: true });
const dialog = () => screen.getByRole("dialog", { name: "Add a step" });
const box = () => within(dialog()).getByRole("combobox", { name: "Search apps" });
const options = () => within(dialog()).getAllByRole("option");
const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");
const press = (key: string) => act(() => void fireEvent.keyDown(box(), { key }));

function open(query: string): void {
  plus().focus();
  fireEvent.click(plus());
  if (query !== "") fireEvent.change(box(), { target: { value: query } });
}

describe("the add-step dialog", () => {
  test("options are named by their app alone", () => {
    open("slack");
    expect(within(dialog()).getByRole("option", { name: "Slack" })).toBeTruthy();
    expect(chosen()?.getAttribute("aria-label")).toBe("Slack");
  });

  test("what is connected comes first while nothing is typed, and few rows are drawn", () => {
    open("");
    expect(options()[0]?.getAttribute("aria-label")).toBe("Slack");
    expect(options().length).toBeLessThanOrEqual(50);
  });

  test("Enter goes to the app, Escape steps back with the query kept, then closes; the focus is on the + again", async () => {
    open("slack");
    press("Enter");
    expect(chosen()?.getAttribute("aria-label")).toBe("Run Python with any Slack API");
    press("Escape");
    expect((box() as HTMLInputElement).value).toBe("slack");
    press("Escape");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(plus()));
    expect(editor.document.getState().workflow.steps).toHaveLength(1);
  });

  test("Backspace in the empty box steps back as well", () => {
    open("slack");
    press("Enter");
    press("Backspace");
    expect((box() as HTMLInputElement).value).toBe("slack");
  });

  test("the step is inserted at its place with the account used last", async () => {
    open("slack");
    press("Enter");
    press("Enter");
    await waitFor(() => expect(editor.document.getState().workflow.steps).toHaveLength(2));
    const step = editor.document.getState().workflow.steps[1];
    expect(step).toMatchObject({
      name: "python_slack",
      title: "Run Python with any Slack API",
      apps: [{ app: "slack", accountId: "new" }],
    });
    expect(step?.code).toContain("slack_sdk");
    expect(editor.view.getState()).toMatchObject({ addStep: null, focusCard: step?.id });
    expect(editor.preferences.recentApps()).toEqual(["slack"]);
  });

  test("plain Python is offered always, and alone where no app fits", () => {
    open("no such app anywhere");
    expect(options().map((option) => option.getAttribute("aria-label"))).toEqual([
      "Run Python code",
      "Run Python code with a data store",
      "Paste step",
    ]);
    press("Enter");
    expect(editor.document.getState().workflow.steps[1]).toMatchObject({ name: "python", apps: [] });
  });

  test("Alt+P adds plain Python at once", () => {
    open("");
    fireEvent.keyDown(box(), { key: "π", code: "KeyP", altKey: true });
    expect(editor.document.getState().workflow.steps[1]).toMatchObject({ name: "python", apps: [] });
  });
});
