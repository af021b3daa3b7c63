/** What the tests of this room share: an editor with a real document and catalogue, and runs that are set by hand. */
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createStore } from "zustand/vanilla";
import { type AccountStore, type AccountSummary, AccountsProvider } from "../accounts/index.ts";
import type { DataStoreList } from "../datastores/index.ts";
import {
  createNetworkPolicies,
  createRunHistory,
  type NetworkPolicy,
  type NetworkPolicyRecord,
  type PastRunRepository,
  type RunState,
  type StepRunState,
  stateOf,
} from "../runs/index.ts";
import type { TriggerState } from "../triggers/index.ts";
import { createDocumentStore, insertStep, newStep, newWorkflow, type Workflow } from "../workflow/index.ts";
import { createPreferences } from "./preferences.ts";
import { type AppHosts, contextOf, type EditorContextValue, EditorProvider } from "./services.ts";
import { createViewStore } from "./view.ts";

/** An account that was used `lastUsedAt` milliseconds after the epoch. */
export function account(id: string, app: string, name: string, lastUsedAt = 0): AccountSummary {
  return { id, app, name, createdAt: 0, lastUsedAt, revision: "1" };
}

/** A workflow with steps of these names, each with Slack attached. */
export function workflowWith(...names: readonly string[]): Workflow {
  return names.reduce(
    (workflow, name, index) =>
      insertStep(workflow, index, {
        ...newStep({
          workflow,
          title: `Title of ${name}`,
          code: `# ${name}\n`,
          apps: [{ app: "slack", accountId: null }],
        }),
        id: name,
        name,
      }),
    newWorkflow({ name: "Test" }),
  );
}

export interface TestEditor extends EditorContextValue {
  /** What was asked of the runs, in order. */
  readonly asked: readonly string[];
  /** Resolves once the network policy is read. */
  readonly policyRead: () => Promise<void>;
}

/** What a test's workflow may do on the network. */
export interface TestNetwork {
  readonly policy?: Partial<Omit<NetworkPolicyRecord, "id">>;
  readonly appHosts?: readonly AppHosts[];
}

const noPastRuns: PastRunRepository = {
  list: () => Promise.resolve([]),
  content: () => Promise.resolve(null),
  put: () => Promise.resolve(),
  delete: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  onChange: () => () => {},
};

/** An editor's services for a test. */
export function testEditor(
  workflow: Workflow = newWorkflow(),
  accounts: readonly AccountSummary[] = [],
  { policy = {}, appHosts = [], pastRuns }: TestNetwork & { readonly pastRuns?: PastRunRepository } = {},
): TestEditor {
  const asked: string[] = [];
  const later = async (what: string) => {
    asked.push(what);
  };
  const refuse = () => Promise.reject(new Error("This test has no vault."));
  const accountStore = createStore<ReturnType<AccountStore["getState"]>>(() => ({
    accounts,
    loaded: true,
    problem: null,
    connect: refuse,
    rename: refuse,
    updateFields: refuse,
    remove: refuse,
    restore: refuse,
    find: refuse,
    fieldsOf: refuse,
    touch: refuse,
  }));
  const dataStores = createStore<ReturnType<DataStoreList["getState"]>>(() => ({
    stores: [],
    loaded: true,
    problem: null,
    create: refuse,
    rename: refuse,
    remove: refuse,
  }));
  const runs = createStore<RunState>(() => ({
    steps: {},
    running: null,
    updatePhase: "",
    waiting: [],
    goingOn: [],
    resume: (id, data) => void later(`resume ${id} ${data ?? ""}`.trim()),
    cancel: (id) => later(`cancel ${id}`),
    updatePackages: () => later("update packages").then(() => ({ kind: "stopped" as const })),
    testStep: (id) => later(`test ${id}`),
    testUpTo: (id) => later(`up to ${id}`),
    testFrom: (id) => later(`from ${id}`),
    testWorkflow: () => later("workflow"),
    stop: () => void later("stop"),
    clearResult: (id) => void later(`clear ${id}`),
    load: () => later("load"),
    dispose: () => {},
  }));
  const triggers = createStore<TriggerState>(() => ({
    events: [],
    address: { kind: "none" },
    schedule: { due: [], problem: null, elsewhere: false, skipped: null },
    select: (id) => void later(`select ${id}`),
    replay: (id) => later(`replay ${id}`),
    remove: (id) => later(`remove ${id}`),
    renewAddress: () => later("renew address"),
    dispose: () => {},
  }));
  const document = createDocumentStore({
    workflow,
    revision: 1,
    save: (_workflow, expected) => Promise.resolve({ kind: "saved", revision: expected + 1 }),
  });
  const values = new Map<string, string>();
  const preferences = createPreferences(() => ({
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  }));
  const network = policyInMemory(policy);
  return {
    ...contextOf({
      document,
      runs,
      history: createRunHistory(pastRuns ?? noPastRuns, workflow.id),
      triggers,
      accounts: accountStore,
      dataStores,
      network,
      appHosts: () => Promise.resolve(appHosts),
      view: createViewStore(),
      preferences,
    }),
    asked,
    policyRead: network.ready,
  };
}

/** The product's own policy of a workflow, stored in memory. */
function policyInMemory(policy: NonNullable<TestNetwork["policy"]>): NetworkPolicy {
  let stored: NetworkPolicyRecord = { id: "test", trusted: true, hosts: [], secrets: [], ...policy };
  const policies = createNetworkPolicies({
    repository: {
      get: () => Promise.resolve(stored),
      update: async (_id, change) => {
        stored = change(stored);
        return stored;
      },
      onChange: () => () => {},
    },
    onStoreFailure: (message) => {
      throw new Error(message);
    },
  });
  return policies.of("test");
}

/** Renders a part of the editor. */
export function renderIn(editor: TestEditor, children: ReactNode): ReturnType<typeof render> {
  return render(
    <AccountsProvider
      store={editor.accounts}
      testConnection={() => Promise.reject(new Error("This test has no network."))}
      usageOf={() => Promise.resolve([])}
    >
      <EditorProvider value={editor}>{children}</EditorProvider>
    </AccountsProvider>,
  );
}

const untested = stateOf({ steps: {} }, "");

/** Sets what the card of a step shows. */
export function setRun(editor: TestEditor, stepId: string, state: Partial<StepRunState>): void {
  const { steps } = editor.runs.getState();
  editor.runs.setState({ steps: { ...steps, [stepId]: { ...untested, ...state } } });
}
