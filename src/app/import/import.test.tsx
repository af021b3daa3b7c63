// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type AccountStore, AccountsProvider, createAccountStore } from "../../accounts/index.ts";
import { createEnvironmentStore } from "../../environment/index.ts";
import { createNetworkPolicies } from "../../runs/index.ts";
import { openMemoryStorage, type Storage } from "../../storage/index.ts";
import { openVault } from "../../vault/index.ts";
import {
  exportWorkflow,
  exportWorkflows,
  insertStep,
  newStep,
  newWorkflow,
  setTriggerKind,
  type Workflow,
  workflowCodec,
} from "../../workflow/index.ts";
import { type AppServices, ServicesProvider } from "../services.ts";
import { contentsOf } from "./contents.ts";
import { ImportHost } from "./ImportHost.tsx";
import { createImports, type Imports } from "./imports.ts";

let storage: Storage;
let imports: Imports;
let accounts: AccountStore;

beforeEach(async () => {
  storage = await openMemoryStorage({ workflowCodec });
  const vault = await openVault(storage.keys);
  accounts = createAccountStore({ repository: storage.accounts, vault });
  const policies = createNetworkPolicies({ repository: storage.networkPolicies, onStoreFailure: () => {} });
  imports = createImports(storage.workflows, policies);
  const environment = createEnvironmentStore({ repository: storage.variables, vault });
  // Of all services those that this page uses.
  const services = { accounts, environment, imports } as Partial<AppServices> as AppServices;
  render(
    <ServicesProvider value={services}>
      <AccountsProvider
        store={accounts}
        testConnection={() => Promise.reject(new Error("no network"))}
        usageOf={async () => []}
      >
        <ImportHost />
      </AccountsProvider>
    </ServicesProvider>,
  );
});
afterEach(() => {
  cleanup();
  storage.close();
  history.replaceState(null, "", "/");
});

function workflowOf(name: string, code: string): Workflow {
  const empty = newWorkflow({ name });
  const apps = [{ app: "slack", accountId: "theirs" }];
  return insertStep(empty, 0, newStep({ workflow: empty, title: "S", code, apps }));
}
const file = (text: string, name = "a.json") => new File([text], name);
const dialog = (name: string | RegExp) => screen.findByRole("dialog", { name });
const names = async () => (await storage.workflows.list()).map(({ name }) => name).sort();

const code =
  'import os\nurl = "https://Api.Example.com:8443/x"\nos.environ["KEY"]\nwith connect("postgres://me:pw@db.example.org/x"): ...';

test("what a workflow brings is read off it", () => {
  const workflow = setTriggerKind(workflowOf("W", code), "http");
  expect(
    contentsOf({
      ...workflow,
      steps: workflow.steps.map((s) => ({ ...s, enabled: false, dataStore: { id: null } })),
    }),
  ).toEqual({
    trigger: expect.stringContaining("HTTP request"),
    steps: ["python_slack (disabled)"],
    apps: ["slack"],
    hosts: ["api.example.com", "db.example.org"],
    packages: [],
    dataStores: ["python_slack"],
    variables: ["KEY"],
  });
});

test("shows it before anything is stored, and stores it untrusted with the account that was chosen", async () => {
  const acme = await accounts.getState().connect({ app: "slack", name: "Acme", fields: {} });
  await imports.offer([file(exportWorkflow(workflowOf("Report", code)))]);
  const shown = within(await dialog("Import “Report”?"));
  expect(shown.getByText("api.example.com, db.example.org")).toBeTruthy();
  expect(shown.getByText("KEY (not set here)")).toBeTruthy();
  expect(await names()).toEqual([]);
  const select = shown.getByRole<HTMLSelectElement>("combobox", { name: "Slack account" });
  // None is given by itself: what is imported is somebody else's code.
  expect(select.value).toBe("");
  fireEvent.change(select, { target: { value: acme.id } });
  fireEvent.click(shown.getByRole("button", { name: "Import" }));
  await waitFor(async () => expect(await names()).toEqual(["Report"]));
  const [{ id } = { id: "" }] = await storage.workflows.list();
  await waitFor(() => expect(location.pathname).toBe(`/workflows/${id}`));
  const loaded = await storage.workflows.load(id);
  expect(loaded.kind === "ok" && loaded.workflow.steps[0]?.apps).toEqual([
    { app: "slack", accountId: acme.id },
  ]);
  expect(await storage.networkPolicies.get(id)).toMatchObject({ trusted: false });
});

test("Cancel stores nothing", async () => {
  await imports.offer([file(exportWorkflow(workflowOf("Report", code)))]);
  fireEvent.click(within(await dialog(/Report/)).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await names()).toEqual([]);
});

test("of several files and workflows those that can be read are offered, the others named with their faults", async () => {
  const both = exportWorkflows([workflowOf("One", code), workflowOf("Two", code)]);
  const newer = JSON.stringify({ format: "runnel.workflow", version: 99, data: {} });
  await imports.offer([file(both), file("{", "half.json"), file(newer, "newer.json")]);
  const shown = within(await dialog("Import 2 workflows?"));
  expect(shown.getByText(/^half\.json: The file is not a workflow: it is not valid JSON/)).toBeTruthy();
  expect(shown.getByText(/^newer\.json: .*newer version/)).toBeTruthy();
  fireEvent.click(shown.getByRole("button", { name: "Import 2 workflows" }));
  await waitFor(async () => expect(await names()).toEqual(["One", "Two"]));
});

test("nothing but faults: there is nothing to import", async () => {
  await imports.offer([file("Dear all", "letter.txt")]);
  const shown = within(await dialog("Nothing to import"));
  expect(shown.getByText(/letter\.txt/)).toBeTruthy();
  expect(shown.queryByRole("button", { name: /^Import/ })).toBeNull();
});

test("what could not be stored is offered still", async () => {
  await imports.offer([file(exportWorkflows([workflowOf("One", code), workflowOf("Two", code)]))]);
  const shown = within(await dialog("Import 2 workflows?"));
  const { save } = storage.workflows;
  vi.spyOn(storage.workflows, "save").mockImplementation(async (workflow, revision) =>
    workflow.name === "Two"
      ? { kind: "failed", reason: "quota", message: "Storage is full." }
      : save(workflow, revision),
  );
  fireEvent.click(shown.getByRole("button", { name: "Import 2 workflows" }));
  expect(await screen.findByText(/“Two” was not stored: Storage is full\./)).toBeTruthy();
  expect(await dialog("Import “Two”?")).toBeTruthy();
  expect(await names()).toEqual(["One"]);
});

test("files that are dropped on the page", async () => {
  const dropped = file(exportWorkflow(workflowOf("Dropped", code)));
  const dataTransfer = { types: ["Files"], files: [dropped] };
  fireEvent.dragOver(document.body, { dataTransfer });
  expect(screen.getByText(/Drop workflow files/)).toBeTruthy();
  fireEvent.drop(document.body, { dataTransfer });
  expect(await dialog("Import “Dropped”?")).toBeTruthy();
  expect(screen.queryByText(/Drop workflow files/)).toBeNull();
});
