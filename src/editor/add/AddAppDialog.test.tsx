// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { account, renderIn, testEditor, workflowWith } from "../testing.tsx";
import { AddAppDialog } from "./AddAppDialog.tsx";

afterEach(cleanup);

test("attaches an app with its account; one that is attached can't be chosen again", () => {
  const editor = testEditor(workflowWith("first"), [account("octo", "github", "octo")]);
  renderIn(editor, <AddAppDialog />);
  act(() => editor.view.getState().openAddApp("first"));
  const dialog = screen.getByRole("dialog", { name: "Add app" });
  const box = within(dialog).getByRole("combobox", { name: "Search apps" });

  fireEvent.change(box, { target: { value: "slack" } });
  const slack = within(dialog).getByRole("option", { name: "Slack" });
  expect(slack.getAttribute("aria-disabled")).toBe("true");

  fireEvent.change(box, { target: { value: "github" } });
  fireEvent.keyDown(box, { key: "Enter" });
  expect(editor.document.getState().workflow.steps[0]?.apps).toEqual([
    { app: "slack", accountId: null },
    { app: "github", accountId: "octo" },
  ]);
  expect(editor.view.getState().addAppTo).toBeNull();
});
