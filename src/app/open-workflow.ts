import { dataStoreForRun } from "../datastores/index.ts";
import { createViewStore, type EditorServices } from "../editor/index.ts";
import { createRunHistory, createRunRecorder, createRunStore } from "../runs/index.ts";
import type { LoadedWorkflow } from "../storage/index.ts";
import { createTriggers } from "../triggers/index.ts";
import { toast } from "../ui/index.ts";
import { createRedactor } from "../vault/index.ts";
import { createDocumentStore, flushOnHide, followChanges, setPackages } from "../workflow/index.ts";
import type { AppServices } from "./services.ts";

/** A workflow that is open in the builder: its document, its runs, and the way to close both. */
export interface OpenWorkflow {
  readonly editor: EditorServices;
  close(): void;
}

/** Opens what was loaded, read-only where a newer Runnel wrote it; null where it can't be shown as a workflow. */
export function openWorkflow(services: AppServices, loaded: LoadedWorkflow): OpenWorkflow | null {
  const workflow = loaded.kind === "ok" || loaded.kind === "newer-version" ? loaded.workflow : null;
  if (!workflow) return null;
  const { storage, permissions } = services;
  services.runtime.prepare(workflow.id);
  const network = services.networkPolicies.of(workflow.id);
  const document = createDocumentStore({
    workflow,
    revision: loaded.kind === "ok" ? loaded.revision : 0,
    readOnly: loaded.kind !== "ok",
    async save(next, expectedRevision) {
      // Stored anew after another tab has deleted it: what it may do on the network is as it was.
      const problem = expectedRevision === 0 ? await network.keep().catch(messageOf) : undefined;
      if (problem !== undefined) return { kind: "failed", reason: "unknown", message: problem };
      return storage.workflows.save(next, expectedRevision);
    },
    keepUnsaved: storage.workflows.keepUnsaved,
    dropUnsaved: storage.workflows.dropUnsaved,
  });
  services.openDocuments.add(document);
  const onStoreFailure = (message: string) => toast(message, { tone: "warn" });
  const history = createRunHistory(storage.pastRuns, workflow.id);
  const runs = createRunStore({
    runtime: services.runtime,
    workflow: () => document.getState().workflow,
    onWorkflowChange: (listener) =>
      document.subscribe((state, before) => {
        if (state.workflow !== before.workflow) listener();
      }),
    account: services.accountForRun,
    dataStore: (id) => dataStoreForRun(storage.dataStores, storage.dataStoreRecords, id),
    environment: services.environmentForRun,
    revisions: services.revisions,
    createRedactor,
    results: storage.results,
    networkPolicy: network,
    setPackages: (packages, by) =>
      document.getState().apply((current) => setPackages(current, packages), { ofRun: by === "run" }),
    ask: permissions.ask,
    history: createRunRecorder({ repository: storage.pastRuns, onStoreFailure }),
    onStoreFailure,
    waitingRuns: storage.waitingRuns,
    hooks: services.hooks,
    notify: (message) => toast(message),
    eventFacts: () => triggers.eventFacts(),
    respond: (response) => triggers.respond(response),
  });
  const triggers = createTriggers({
    document,
    runs,
    events: storage.events,
    tokens: storage.hookTokens,
    hooks: services.hooks,
    locks: navigator.locks,
    onProblem: onStoreFailure,
  });
  void runs
    .getState()
    .load()
    .catch((error: unknown) => {
      toast(`The last results could not be read: ${messageOf(error)}`, { tone: "warn" });
    });
  const unsubscribeFlush = flushOnHide(document, window);
  const unfollow = followChanges(document, storage.workflows);
  return {
    editor: {
      document,
      runs,
      history,
      triggers: triggers.store,
      accounts: services.accounts,
      dataStores: services.dataStores,
      network,
      view: createViewStore(),
      appHosts: () => services.appHostsOf(document.getState().workflow),
      language: services.language,
    },
    close() {
      unsubscribeFlush();
      unfollow();
      triggers.store.getState().dispose();
      runs.getState().dispose();
      history.getState().dispose();
      services.openDocuments.delete(document);
      // Not only stored: what can't be stored is put aside.
      document.getState().leave();
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
