// @vitest-environment happy-dom
import { cleanup, createEvent, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Toaster } from "../ui/index.ts";
import { openVault, type SealedVariable } from "../vault/index.ts";
import { memoryKeys, memoryRecords } from "../vault/testing.ts";
import { EnvironmentPage } from "./EnvironmentPage.tsx";
import { createEnvironmentStore, type EnvironmentStore } from "./environment-store.ts";

let store: EnvironmentStore;

beforeEach(async () => {
  const repository = memoryRecords<SealedVariable>();
  store = createEnvironmentStore({ repository, vault: await openVault(memoryKeys()) });
});
afterEach(cleanup);

const add = (name: string, value: string, secret = true) =>
  store.getState().set({ name, value, secret, description: "" });
const box = (name: string) => screen.getByRole<HTMLTextAreaElement>("textbox", { name });
const type = (name: string, value: string) => fireEvent.change(box(name), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

async function show(): Promise<void> {
  render(
    <>
      <EnvironmentPage store={store} />
      <Toaster />
    </>,
  );
  await screen.findByRole("button", { name: "Add variable" });
}
async function choose(variable: string, item: string): Promise<void> {
  fireEvent.click(screen.getByRole("button", { name: `Menu of ${variable}` }));
  fireEvent.click(await screen.findByRole("menuitem", { name: item }));
}
/** True where the text is left to the field it was pasted into. */
function paste(field: string, text: string): boolean {
  const event = createEvent.paste(box(field), { clipboardData: { getData: () => text } });
  return fireEvent(box(field), event);
}

describe("the page Environment", () => {
  it("adds a variable, secret by default, and shows how to read it", async () => {
    await show();
    press("Add variable");
    await screen.findByRole("dialog", { name: "Add variable" });
    type("Name", "STRIPE_KEY");
    type("Value", "sk-live-1234");
    press("Save");
    await screen.findByText('os.environ["STRIPE_KEY"]');
    expect(await store.getState().forRun()).toEqual({
      values: { STRIPE_KEY: "sk-live-1234" },
      secrets: [{ name: "env.STRIPE_KEY", value: "sk-live-1234" }],
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.body.innerHTML).not.toContain("sk-live");
  });

  it("says what is wrong and stores nothing", async () => {
    await add("TAKEN", "x");
    await show();
    press("Add variable");
    await screen.findByRole("dialog");
    type("Name", "1A");
    type("Value", "x".repeat(65_537));
    press("Save");
    expect(screen.getByText(/not with a digit/)).toBeTruthy();
    expect(screen.getByText(/at most 64 KB/)).toBeTruthy();
    type("Name", "TAKEN");
    type("Value", "abc");
    expect(screen.getByText(/shorter than 4 characters are not hidden/)).toBeTruthy();
    press("Save");
    expect(screen.getByText(/There is a variable TAKEN already/)).toBeTruthy();
    expect(await store.getState().all()).toEqual({ TAKEN: "x" });
  });

  it("shows values that are not secret, and only those", async () => {
    await add("REGION", "eu-west-1", false);
    await add("KEY", "secret-value");
    await show();
    await screen.findByText("eu-west-1");
    expect(document.body.innerHTML).not.toContain("secret-value");
  });

  it("keeps a secret value that is not replaced, under a new name too", async () => {
    await add("OLD", "secret-value");
    await show();
    await choose("OLD", "Edit");
    await screen.findByRole("dialog", { name: "Edit OLD" });
    expect(box("Value").value).toBe("");
    type("Name", "NEW");
    expect(screen.getByText(/os\.environ\["OLD"\] must be changed too/)).toBeTruthy();
    type("Description", "Shop");
    press("Save");
    await screen.findByText("Shop");
    expect(await store.getState().all()).toEqual({ NEW: "secret-value" });
  });

  it("wants a secret value anew before it becomes visible", async () => {
    await add("KEY", "secret-value");
    await show();
    await choose("KEY", "Edit");
    await screen.findByRole("dialog");
    fireEvent.click(screen.getByRole("checkbox", { name: /Secret/ }));
    press("Save");
    expect(screen.getByText(/type it anew/)).toBeTruthy();
    type("Value", "open");
    press("Save");
    await screen.findByText("open");
  });

  it("edits a visible value in place", async () => {
    await add("REGION", "eu", false);
    await show();
    await choose("REGION", "Edit");
    await screen.findByRole("dialog");
    await waitFor(() => expect(box("Value").value).toBe("eu"));
    type("Value", "");
    press("Save");
    await waitFor(async () => expect(await store.getState().all()).toEqual({ REGION: "" }));
  });

  it("removes a line break that was copied along with one line, but none within a value", async () => {
    await show();
    press("Add variable");
    await screen.findByRole("dialog");
    type("Value", "one line\n");
    fireEvent.blur(box("Value"));
    expect(box("Value").value).toBe("one line");
    expect(screen.getByText(/line break around the value was removed/)).toBeTruthy();
    type("Value", "two\nlines\n");
    fireEvent.blur(box("Value"));
    expect(box("Value").value).toBe("two\nlines\n");
  });

  it("deletes and brings back", async () => {
    await add("KEY", "value");
    await show();
    await choose("KEY", "Delete");
    await screen.findByText("No environment variables yet");
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await screen.findByText("KEY");
    expect(await store.getState().all()).toEqual({ KEY: "value" });
  });
});

describe("a .env file that is pasted", () => {
  it("is offered to be added, from either field", async () => {
    await add("B", "old", false);
    await show();
    for (const field of ["Name", "Value"]) {
      press("Add variable");
      await screen.findByRole("dialog");
      expect(paste(field, "# mine\nA=1\nB='two'\n2X=3\n")).toBe(false);
      expect(screen.getByText(/\.env file with 3 variables/)).toBeTruthy();
      expect(screen.getByText(/Leaves out/)).toBeTruthy();
      press(field === "Name" ? "Don't add" : "Add all 2");
      if (field === "Name") press("Cancel");
      await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    }
    expect(await store.getState().all()).toEqual({ A: "1", B: "two" });
    expect(store.getState().variables.map(({ secret }) => secret)).toEqual([true, false]);
  });

  it("fills both fields where it is one line in the name's field, and is pasted as it is elsewhere", async () => {
    await show();
    press("Add variable");
    await screen.findByRole("dialog");
    expect(paste("Name", 'export TOKEN="a b"')).toBe(false);
    expect([box("Name").value, box("Value").value]).toEqual(["TOKEN", "a b"]);
    expect(paste("Value", "KEY=value")).toBe(true);
    expect(paste("Value", "-----BEGIN KEY-----\nA=1\nB=2")).toBe(true);
    expect(paste("Name", "PLAIN")).toBe(true);
    expect(paste("Description", "A=1\nB=2")).toBe(true);
  });
});
