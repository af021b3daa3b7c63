// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import {
  createDocumentStore,
  type DocumentStoreOptions,
  newWorkflow,
  setName,
} from "../../workflow/index.ts";
import { testEditor, workflowWith } from "../testing.tsx";
import { EditorHeader } from "./EditorHeader.tsx";
import { SaveBanner } from "./SaveBanner.tsx";
import { SaveStatus } from "./SaveStatus.tsx";

afterEach(cleanup);

describe("the header", () => {
  test("renames the workflow, undoes and redoes", () => {
    const editor = testEditor(workflowWith("one"));
    render(<EditorHeader services={editor} />);
    fireEvent.click(screen.getByRole("button", { name: "Rename workflow Test" }));
    const field = screen.getByRole("textbox", { name: "Workflow name" });
    fireEvent.change(field, { target: { value: "Release notes" } });
    fireEvent.keyDown(field, { key: "Enter" });
    const name = () => editor.document.getState().workflow.name;
    expect(name()).toBe("Release notes");
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(name()).toBe("Test");
    fireEvent.click(screen.getByRole("button", { name: "Redo" }));
    expect(name()).toBe("Release notes");
  });

  test("Test workflow becomes Stop while something runs", () => {
    const editor = testEditor(workflowWith("one"));
    render(<EditorHeader services={editor} />);
    fireEvent.click(screen.getByRole("button", { name: "Test workflow" }));
    act(() =>
      editor.runs.setState({ running: { kind: "workflow", stepIds: ["one"], currentStepId: "one" } }),
    );
    fireEvent.click(screen.getByRole("button", { name: "Stop" }));
    expect(editor.asked).toEqual(["workflow", "stop"]);
  });

  test("the time limit takes whole seconds from 1 to 750", async () => {
    const editor = testEditor(workflowWith("one"));
    render(<EditorHeader services={editor} />);
    fireEvent.click(screen.getByRole("button", { name: "Time limit: 30 s" }));
    const field = await screen.findByRole("spinbutton", { name: "Seconds" });
    fireEvent.change(field, { target: { value: "751" } });
    expect(screen.getByRole("button", { name: "Set" })).toHaveProperty("disabled", true);
    fireEvent.change(field, { target: { value: "750" } });
    fireEvent.click(screen.getByRole("button", { name: "Set" }));
    expect(editor.document.getState().workflow.settings.timeLimitSeconds).toBe(750);
  });
});

describe("saving", () => {
  function open(save: DocumentStoreOptions["save"]) {
    const document = createDocumentStore({
      workflow: newWorkflow({ name: "Mine" }),
      revision: 1,
      save,
      debounceMs: 1,
    });
    render(
      <>
        <SaveStatus document={document} />
        <SaveBanner document={document} />
      </>,
    );
    return document;
  }

  test("Saved shows only when it is", async () => {
    let finish = () => {};
    const document = open(
      () =>
        new Promise((resolve) => {
          finish = () => resolve({ kind: "saved", revision: 2 });
        }),
    );
    expect(screen.getByText("Saved")).toBeTruthy();
    act(() => document.getState().apply((workflow) => setName(workflow, "Other")));
    expect(screen.queryByText("Saved")).toBeNull();
    const flushed = document.getState().flush();
    expect(screen.queryByText("Saved")).toBeNull();
    await act(async () => {
      finish();
      await flushed;
    });
    expect(screen.getByText("Saved")).toBeTruthy();
  });

  test("a conflict asks whose is kept", async () => {
    const theirs = newWorkflow({ name: "Theirs" });
    const document = open(async () => ({ kind: "conflict", revision: 7, workflow: theirs }));
    act(() => document.getState().apply((workflow) => setName(workflow, "Other")));
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("another tab"));
    expect(screen.getByText("Not saved")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Take theirs" }));
    expect(document.getState().workflow.name).toBe("Theirs");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  test("a failure is said, can be tried again, and the document can be downloaded", async () => {
    let full = true;
    const document = open(async () =>
      full
        ? { kind: "failed", reason: "quota", message: "The browser's storage is full." }
        : { kind: "saved", revision: 2 },
    );
    act(() => document.getState().apply((workflow) => setName(workflow, "Other")));
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("storage is full"));
    expect(screen.getByRole("button", { name: "Download the workflow" })).toBeTruthy();
    full = false;
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getByText("Saved")).toBeTruthy());
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
