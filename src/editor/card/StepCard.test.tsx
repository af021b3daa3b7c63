// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { StepList } from "../StepList.tsx";
import { account, renderIn, setRun, type TestEditor, testEditor, workflowWith } from "../testing.tsx";

afterEach(cleanup);

const card = (name: string) => screen.getByRole("article", { name });
const inCard = (name: string) => within(card(name));
const names = (editor: TestEditor) => editor.document.getState().workflow.steps.map((step) => step.name);

function show(editor: TestEditor): TestEditor {
  renderIn(editor, <StepList />);
  return editor;
}

async function chooseInMenu(step: string, item: string): Promise<void> {
  fireEvent.click(inCard(step).getByRole("button", { name: "Step menu" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: item }));
}

describe("names that assistive technology relies on", () => {
  test("cards, their buttons and the + after each", () => {
    show(testEditor(workflowWith("one", "two")));
    for (const name of ["trigger", "one", "two"]) {
      expect(card(name)).toBeTruthy();
      expect(screen.getByRole("button", { name: `Add a step after ${name}` })).toBeTruthy();
    }
    for (const name of ["Test", "Test up to here", "Add app", "Connect Slack", "Step menu", "Slack menu"])
      expect(inCard("one").getByRole("button", { name })).toBeTruthy();
    expect(inCard("one").getByRole("status").textContent).toBe("Not tested");
    expect(inCard("one").getByLabelText("Code of one").textContent).toContain("# one");
  });

  test("the state of a tested step", () => {
    const editor = show(testEditor(workflowWith("one")));
    act(() => setRun(editor, "one", { status: "success", durationMs: 236 }));
    expect(inCard("one").getByRole("status").textContent).toBe("Success · 236 ms");
  });
});

describe("accounts of an attached app", () => {
  test("without an account the step asks for one; with some, one is chosen in the list", () => {
    const editor = show(
      testEditor(workflowWith("one"), [account("a", "slack", "Acme"), account("b", "slack", "Beta")]),
    );
    const select = inCard("one").getByRole("combobox", { name: "Slack account" });
    expect(inCard("one").getByRole("button", { name: "Connect Slack" })).toBeTruthy();
    fireEvent.change(select, { target: { value: "b" } });
    expect(editor.document.getState().workflow.steps[0]?.apps).toEqual([{ app: "slack", accountId: "b" }]);
    expect(inCard("one").queryByRole("button", { name: "Connect Slack" })).toBeNull();
  });

  test("an account that was deleted is said to be", () => {
    const editor = testEditor(workflowWith("one"));
    editor.document.getState().apply((workflow) => ({
      ...workflow,
      steps: workflow.steps.map((step) => ({ ...step, apps: [{ app: "slack", accountId: "gone" }] })),
    }));
    show(editor);
    expect(inCard("one").getByText("account deleted")).toBeTruthy();
    expect(inCard("one").getByRole("button", { name: "Connect Slack" })).toBeTruthy();
  });
});

describe("running", () => {
  test("Test becomes Stop in the card that runs, and the others wait", () => {
    const editor = show(testEditor(workflowWith("one", "two")));
    const button = inCard("one").getByRole("button", { name: "Test" });
    fireEvent.click(button);
    act(() => {
      editor.runs.setState({ running: { kind: "step", stepIds: ["one"], currentStepId: "one" } });
      setRun(editor, "one", { status: "running", startedAt: Date.now() });
    });
    expect(inCard("one").getByRole("button", { name: "Stop" })).toBe(button);
    expect(inCard("two").getByRole("button", { name: "Test" })).toHaveProperty("disabled", true);
    fireEvent.click(button);
    expect(editor.asked).toEqual(["test one", "stop"]);
  });

  test("a double click on Stop does not start the step again", () => {
    const editor = show(testEditor(workflowWith("one")));
    act(() => editor.runs.setState({ running: { kind: "step", stepIds: ["one"], currentStepId: "one" } }));
    const button = inCard("one").getByRole("button", { name: "Stop" });
    fireEvent.click(button, { detail: 1 });
    act(() => editor.runs.setState({ running: null }));
    fireEvent.click(button, { detail: 2 });
    expect(editor.asked).toEqual(["stop"]);
    fireEvent.click(button, { detail: 1 });
    expect(editor.asked).toEqual(["stop", "test one"]);
  });
});

describe("the menu of a step", () => {
  test("moves, duplicates, disables and deletes", async () => {
    const editor = show(testEditor(workflowWith("one", "two")));
    await chooseInMenu("two", "Move up");
    expect(names(editor)).toEqual(["two", "one"]);
    await waitFor(() => expect(document.activeElement).toBe(card("two")));
    await chooseInMenu("one", "Duplicate");
    expect(names(editor)).toEqual(["two", "one", "one_2"]);
    await chooseInMenu("one", "Disable");
    expect(inCard("one").getByText("Disabled")).toBeTruthy();
    await chooseInMenu("one", "Delete");
    expect(names(editor)).toEqual(["two", "one_2"]);
    await waitFor(() => expect(document.activeElement).toBe(card("one_2")));
  });

  test("the first can't go up", async () => {
    show(testEditor(workflowWith("one", "two")));
    fireEvent.click(inCard("one").getByRole("button", { name: "Step menu" }));
    const item = await screen.findByRole("menuitem", { name: "Move up" });
    expect(item.getAttribute("aria-disabled")).toBe("true");
  });
});

describe("renaming", () => {
  test("Enter commits a good name, a bad one is explained and kept", () => {
    const editor = show(testEditor(workflowWith("one", "two")));
    fireEvent.click(inCard("one").getByRole("button", { name: "Rename one" }));
    const field = inCard("one").getByRole("textbox", { name: "Step name" });
    fireEvent.change(field, { target: { value: "two" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(inCard("one").getByRole("alert").textContent).toContain("two");
    fireEvent.change(field, { target: { value: "fetch" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(names(editor)).toEqual(["fetch", "two"]);
    expect(card("fetch")).toBeTruthy();
  });

  test("Escape leaves the name as it was", () => {
    const editor = show(testEditor(workflowWith("one")));
    fireEvent.click(inCard("one").getByRole("button", { name: "Rename one" }));
    const field = inCard("one").getByRole("textbox", { name: "Step name" });
    fireEvent.change(field, { target: { value: "other" } });
    fireEvent.keyDown(field, { key: "Escape" });
    expect(names(editor)).toEqual(["one"]);
  });
});
