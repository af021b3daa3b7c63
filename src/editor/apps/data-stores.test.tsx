// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { AddAppDialog } from "../add/AddAppDialog.tsx";
import { useStep } from "../services.ts";
import { renderIn, type TestEditor, testEditor, workflowWith } from "../testing.tsx";
import { AppsRow } from "./AppsRow.tsx";

afterEach(cleanup);

const store = (id: string, name: string) => ({ id, name, createdAt: 0 });

function Row() {
  const step = useStep("first");
  return step && <AppsRow step={step} />;
}

function show(...stores: readonly ReturnType<typeof store>[]): TestEditor {
  const editor = testEditor(workflowWith("first"));
  editor.dataStores.setState({ stores });
  renderIn(
    editor,
    <>
      <Row />
      <AddAppDialog />
    </>,
  );
  return editor;
}

const attached = (editor: TestEditor) => editor.document.getState().workflow.steps[0]?.dataStore;
const button = (name: string) => screen.getByRole("button", { name });

test("a store is attached from the row, another one chosen, taken off again", () => {
  const editor = show(store("a", "Customers"), store("b", "Orders"));
  fireEvent.click(button("Add data store"));
  fireEvent.click(screen.getByRole("menuitem", { name: "Orders" }));
  expect(attached(editor)).toEqual({ id: "b" });
  expect(screen.queryByRole("button", { name: "Add data store" })).toBeNull();
  const choice = screen.getByRole("combobox", { name: "Data store" });
  fireEvent.change(choice, { target: { value: "a" } });
  expect(attached(editor)).toEqual({ id: "a" });
  fireEvent.change(choice, { target: { value: "" } });
  expect(attached(editor)).toEqual({ id: null });
  fireEvent.click(button("Data store menu"));
  fireEvent.click(screen.getByRole("menuitem", { name: "Remove data store" }));
  expect(attached(editor)).toBeNull();
});

test("a new one is made and attached; a name that is taken is said, and stays as it was typed", async () => {
  const editor = show();
  editor.dataStores.setState({
    create: async (name) => {
      if (name === "Taken") throw new Error("There is one of this name.");
      editor.dataStores.setState({ stores: [store("new", name)] });
      return store("new", name);
    },
  });
  fireEvent.click(button("Add data store"));
  fireEvent.click(screen.getByRole("menuitem", { name: "New data store…" }));
  const name = screen.getByLabelText<HTMLInputElement>("Name");
  fireEvent.change(name, { target: { value: "Taken" } });
  await act(async () => fireEvent.click(button("Create")));
  expect(screen.getByText("Not created: There is one of this name.")).toBeTruthy();
  expect(name.value).toBe("Taken");
  fireEvent.change(name, { target: { value: "Customers" } });
  await act(async () => fireEvent.click(button("Create")));
  expect(attached(editor)).toEqual({ id: "new" });
});

test("one that was deleted is told", () => {
  const editor = show(store("a", "Customers"));
  fireEvent.click(button("Add data store"));
  fireEvent.click(screen.getByRole("menuitem", { name: "Customers" }));
  act(() => editor.dataStores.setState({ stores: [] }));
  expect(screen.getByText("deleted")).toBeTruthy();
});

test("the dialog for apps finds it as well; the only store there is is chosen", () => {
  const editor = show(store("a", "Customers"));
  act(() => editor.view.getState().openAddApp("first"));
  fireEvent.change(screen.getByRole("combobox", { name: "Search apps" }), {
    target: { value: "data store" },
  });
  fireEvent.click(screen.getByRole("option", { name: "Add data store" }));
  expect(attached(editor)).toEqual({ id: "a" });
  expect(editor.view.getState().addAppTo).toBeNull();
});
