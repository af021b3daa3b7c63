// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createNetworkPolicies } from "../../runs/index.ts";
import { createMemoryBrowser, openMemoryStorage, type Storage } from "../../storage/index.ts";
import { Toaster } from "../../ui/index.ts";
import { importWorkflows, newStep, newWorkflow, type Workflow, workflowCodec } from "../../workflow/index.ts";
import { storeImported } from "./stored-workflows.ts";
import { WorkflowsPage } from "./WorkflowsPage.tsx";

const download = vi.hoisted(() => vi.fn());
vi.mock("../../lib/download.ts", async (original) => ({
  ...(await original<typeof import("../../lib/download.ts")>()),
  downloadText: download,
}));

let storage: Storage;
let browser: ReturnType<typeof createMemoryBrowser>;
const onOpen = vi.fn();
const onImport = vi.fn();

const policies = () =>
  createNetworkPolicies({ repository: storage.networkPolicies, onStoreFailure: () => {} });

beforeEach(async () => {
  browser = createMemoryBrowser();
  storage = await openMemoryStorage({ workflowCodec, browser });
});
afterEach(() => {
  cleanup();
  storage.close();
  vi.clearAllMocks();
});

async function stored(name: string, apps: readonly string[] = []): Promise<Workflow> {
  const empty = newWorkflow({ name });
  const step = newStep({
    workflow: empty,
    title: "S",
    code: "x = 1",
    apps: apps.map((app) => ({ app, accountId: "secret account" })),
  });
  const workflow = { ...empty, steps: [step] };
  await storage.workflows.save(workflow, 0);
  return workflow;
}

const show = () =>
  render(
    <>
      <WorkflowsPage
        repository={storage.workflows}
        policies={policies()}
        trust={storage.networkPolicies}
        waitingRuns={storage.waitingRuns}
        onOpen={onOpen}
        onImport={onImport}
      />
      <Toaster />
    </>,
  );
const row = async (name: string) => {
  const link = await screen.findByRole("link", { name });
  const item = link.closest("li");
  if (item === null) throw new Error("no row");
  return within(item);
};
const choose = async (name: string, item: string) => {
  fireEvent.click((await row(name)).getByRole("button", { name: `Menu of ${name}` }));
  fireEvent.click(await screen.findByRole("menuitem", { name: item }));
};
const namesShown = () => screen.queryAllByRole("link").map((link) => link.textContent);

describe("without workflows", () => {
  test("invites to create the first, which opens", async () => {
    show();
    expect(await screen.findByRole("heading", { name: "No workflows yet" })).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "New workflow" }));
    await waitFor(() => expect(onOpen).toHaveBeenCalledOnce());
    const [id] = onOpen.mock.calls[0] ?? [];
    expect(await storage.workflows.load(id)).toMatchObject({ kind: "ok", revision: 1 });
  });

  test("the focus stays on New workflow when the list is there", async () => {
    show();
    const early = screen.getByRole("button", { name: "New workflow" });
    early.focus();
    await screen.findByRole("heading", { name: "No workflows yet" });
    const button = screen.getByRole("button", { name: "New workflow" });
    expect(button).not.toBe(early);
    expect(document.activeElement).toBe(button);
  });
});

describe("the list", () => {
  test("shows name, apps, steps and time of each", async () => {
    await stored("Release notes", ["slack", "github"]);
    show();
    const item = await row("Release notes");
    expect(item.getByText("1 step")).toBeTruthy();
    expect(item.getByText("Slack, GitHub")).toBeTruthy();
    expect(item.getByText("just now")).toBeTruthy();
    fireEvent.click(item.getByRole("link"));
    expect(onOpen).toHaveBeenCalledOnce();
  });

  test("leaves clicks for a new tab to the browser", async () => {
    const { id } = await stored("One");
    show();
    const link = (await row("One")).getByRole("link");
    expect(link.getAttribute("href")).toBe(`/workflows/${id}`);
    fireEvent.click(link, { ctrlKey: true });
    expect(onOpen).not.toHaveBeenCalled();
  });

  test("follows what other tabs do", async () => {
    show();
    await screen.findByRole("heading", { name: "No workflows yet" });
    const tab = await openMemoryStorage({ workflowCodec, browser });
    await tab.workflows.save(newWorkflow({ name: "From afar" }), 0);
    expect(await screen.findByRole("link", { name: "From afar" })).toBeTruthy();
    tab.close();
  });

  test("says why it can't be read, and tries again", async () => {
    await stored("One");
    const list = vi.spyOn(storage.workflows, "list").mockRejectedValueOnce(new Error("Storage is off."));
    show();
    expect((await screen.findByRole("alert")).textContent).toContain("Storage is off.");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("link", { name: "One" })).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    list.mockRestore();
  });

  test("has a search once there are many, over names and apps", async () => {
    for (const name of ["One", "Two", "Three", "Four", "Café"]) await stored(name);
    const view = show();
    await row("One");
    expect(screen.queryByRole("searchbox")).toBeNull();
    await stored("Six", ["slack"]);
    const search = await screen.findByRole("searchbox", { name: "Search workflows" });
    fireEvent.change(search, { target: { value: "cafe" } });
    expect(namesShown()).toEqual(["Café"]);
    expect(screen.getByText("1 of 6 workflows")).toBeTruthy();
    fireEvent.change(search, { target: { value: "SLACK six" } });
    expect(namesShown()).toEqual(["Six"]);
    fireEvent.change(search, { target: { value: "nothing like it" } });
    fireEvent.click(screen.getByRole("button", { name: "Show all" }));
    expect(namesShown()).toHaveLength(6);
    view.unmount();
  });

  test("is walked through by arrow keys", async () => {
    await stored("One");
    await stored("Two");
    show();
    await row("One");
    const [first, second] = screen.getAllByRole("link");
    first?.focus();
    for (const [key, focused] of [
      ["ArrowDown", second],
      ["ArrowDown", second],
      ["ArrowUp", first],
      ["End", second],
      ["Home", first],
    ] as const) {
      fireEvent.keyDown(document.activeElement ?? document.body, { key });
      expect(document.activeElement).toBe(focused);
    }
  });
});

describe("the menu", () => {
  test("renames", async () => {
    await stored("One");
    show();
    await choose("One", "Rename");
    const dialog = within(await screen.findByRole("dialog", { name: "Rename workflow" }));
    const field = dialog.getByRole("textbox", { name: "Workflow name" });
    fireEvent.change(field, { target: { value: "  " } });
    fireEvent.click(dialog.getByRole("button", { name: "Rename" }));
    expect(await dialog.findByText("A workflow needs a name.")).toBeTruthy();
    fireEvent.change(field, { target: { value: "Uno" } });
    fireEvent.click(dialog.getByRole("button", { name: "Rename" }));
    expect(await screen.findByRole("link", { name: "Uno" })).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const menu = screen.getByRole("button", { name: "Menu of Uno" });
    await waitFor(() => expect(document.activeElement).toBe(menu));
  });

  test("duplicates, with code and under other ids", async () => {
    const original = await stored("One", ["slack"]);
    show();
    await choose("One", "Duplicate");
    await row("One (copy)");
    const copy = (await storage.workflows.list()).find(({ name }) => name === "One (copy)");
    const loaded = await storage.workflows.load(copy?.id ?? "");
    expect(loaded).toMatchObject({ workflow: { steps: [{ code: "x = 1", apps: original.steps[0]?.apps }] } });
    expect(JSON.stringify(loaded)).not.toContain(original.steps[0]?.id);
  });

  test("deletes, and undo brings it back", async () => {
    const original = await stored("One");
    await stored("Two");
    show();
    await choose("One", "Delete");
    await waitFor(() => expect(namesShown()).toEqual(["Two"]));
    await waitFor(() => expect(document.activeElement?.textContent).toBe("Two"));
    expect(await storage.workflows.load(original.id)).toEqual({ kind: "missing" });
    fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await row("One");
    expect(await storage.workflows.load(original.id)).toMatchObject({ workflow: original });
  });

  test("exports to a file, without accounts; chosen files are handed on", async () => {
    await stored("Release notes", ["slack"]);
    show();
    await choose("Release notes", "Export to a file");
    await waitFor(() => expect(download).toHaveBeenCalledOnce());
    const [file, text] = download.mock.calls[0] ?? [];
    expect(file).toBe("release-notes.runnel.json");
    expect(text).not.toContain("secret account");
    const chosen = new File([text], file);
    fireEvent.change(screen.getByLabelText("Workflow files"), { target: { files: [chosen] } });
    expect(onImport).toHaveBeenCalledExactlyOnceWith([chosen]);
  });

  test("exports all in one file, and says what can't be in it", async () => {
    await stored("One", ["slack"]);
    await stored("Two");
    const row = { revision: 1, createdAt: 1, updatedAt: 2, writer: { tab: "t", write: 1 }, document: {} };
    const rows = new Map(browser.disk.tables.get("workflows")).set("bad", row);
    browser.disk.tables = new Map(browser.disk.tables).set("workflows", rows);
    show();
    fireEvent.click(await screen.findByRole("button", { name: "Export all" }));
    expect(
      await screen.findByText("Exported 2 workflows; 1 can't be read and are not in the file"),
    ).toBeTruthy();
    const [file, text] = download.mock.calls[0] ?? [];
    expect(file).toMatch(/^runnel-workflows-[\d-]+\.runnel\.json$/);
    expect(text).not.toContain("secret account");
    const read = importWorkflows(text);
    expect(read.ok && read.value.workflows.map(({ name }) => name).sort()).toEqual(["One", "Two"]);
  });
});

test("an imported workflow is marked until it is trusted, here or in another tab", async () => {
  await stored("Made here");
  show();
  await row("Made here");
  await storeImported(storage.workflows, policies(), newWorkflow({ name: "From elsewhere" }));
  await waitFor(async () => expect((await row("From elsewhere")).getByText("Untrusted")).toBeTruthy());
  expect((await row("Made here")).queryByText("Untrusted")).toBeNull();
  const [imported] = await storage.workflows.list();
  const tab = await openMemoryStorage({ workflowCodec, browser });
  await tab.networkPolicies.update(imported?.id ?? "", (policy) => {
    if (policy === null) throw new Error("no policy");
    return { ...policy, trusted: true };
  });
  await waitFor(() => expect(screen.queryByText("Untrusted")).toBeNull());
  tab.close();
});

describe("a workflow that can't be read", () => {
  const plant = (document: unknown) => {
    const row = { revision: 1, createdAt: 1, updatedAt: 2, writer: { tab: "t", write: 1 }, document };
    browser.disk.tables = new Map(browser.disk.tables).set("workflows", new Map([["bad", row]]));
  };
  const itemsOf = async (name: string) => {
    fireEvent.click((await row(name)).getByRole("button", { name: `Menu of ${name}` }));
    return (await screen.findAllByRole("menuitem")).map((item) => item.textContent);
  };

  test("damaged: is offered as a download, as it is", async () => {
    const document = { format: "runnel.workflow", version: 1, data: { name: "Broken" } };
    plant(document);
    show();
    expect((await row("Broken")).getByText("Can't be read")).toBeTruthy();
    expect(await itemsOf("Broken")).toEqual(["Download as it is", "Delete"]);
    fireEvent.click(screen.getByRole("menuitem", { name: "Download as it is" }));
    await waitFor(() => expect(download).toHaveBeenCalledOnce());
    expect(JSON.parse(download.mock.calls[0]?.[1])).toEqual(document);
  });

  test("of a newer version: can be looked at", async () => {
    plant({ format: "runnel.workflow", version: 99, data: newWorkflow({ name: "Tomorrow" }) });
    show();
    expect((await row("Tomorrow")).getByText("Newer version")).toBeTruthy();
    expect(await itemsOf("Tomorrow")).toEqual(["Open", "Download as it is", "Delete"]);
  });
});
