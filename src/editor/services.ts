import { createContext, createElement, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { AccountStore, AccountSummary } from "../accounts/index.ts";
import * as builtInCatalog from "../catalog/index.ts";
import type { DataStoreList } from "../datastores/index.ts";
import {
  type NetworkPolicyState,
  type RunHistory,
  type RunState,
  type RunStore,
  type StepRunState,
  stateOf,
} from "../runs/index.ts";
import type { TriggerState, TriggerStore } from "../triggers/index.ts";
import type { DocumentStore, LockedPackage, Step, Workflow } from "../workflow/index.ts";
import type { LanguageStore } from "./code/index.ts";
import { createPreferences, type EditorPreferences } from "./preferences.ts";
import type { ViewState, ViewStore } from "./view.ts";

/** What the editor uses of the catalogue. */
export type CatalogFunctions = Pick<
  typeof builtInCatalog,
  "appSummaries" | "findApp" | "loadApp" | "createAppSearch" | "pythonFor" | "coversHost"
>;

/** Hosts of one attached app; a leading `*.` stands for any subdomain. */
export interface AppHosts {
  /** Its slug. */
  readonly app: string;
  readonly hosts: readonly string[];
}

/** What knowing the code of steps takes. */
export interface LanguageServices {
  /** The file of a package that the workflow has, or null where it can't be had. */
  readonly packageFile: (entry: LockedPackage, signal: AbortSignal) => Promise<Blob | null>;
  /** Resolves when Python has started, or failed to: it goes first. */
  readonly pythonStarted: () => Promise<void>;
  /** Names of the environment variables. */
  readonly variables: () => readonly string[];
}

/** What the editor needs of the rest of the house. */
export interface EditorServices {
  readonly document: DocumentStore;
  readonly runs: RunStore;
  readonly history: RunHistory;
  readonly triggers: TriggerStore;
  readonly accounts: AccountStore;
  readonly dataStores: DataStoreList;
  /** What the workflow may do on the network. */
  readonly network: StoreApi<NetworkPolicyState>;
  /** Hosts that the workflow always may reach: those of the apps that are attached with an account. */
  readonly appHosts: () => Promise<readonly AppHosts[]>;
  /** What is open; header and page share it. */
  readonly view: ViewStore;
  /** What the editor's knowledge of Python needs; without it there is none. */
  readonly language?: LanguageServices | null | undefined;
  /** By default the built catalogue. */
  readonly catalog?: CatalogFunctions | undefined;
  /** By default kept in this browser's `localStorage`. */
  readonly preferences?: EditorPreferences | undefined;
}

/** The services as components get them, and what is open in this editor. */
export interface EditorContextValue
  extends Pick<
    EditorServices,
    "document" | "runs" | "history" | "triggers" | "accounts" | "dataStores" | "network" | "appHosts" | "view"
  > {
  readonly catalog: CatalogFunctions;
  readonly preferences: EditorPreferences;
  readonly language: LanguageServices | null;
  /** What knows the code of the steps, once it is there. */
  readonly languageSession: LanguageStore;
}

const EditorContext = createContext<EditorContextValue | null>(null);
const ReadOnlyContext = createContext(false);

/** Gives an editor's context to what is in it. */
export function EditorProvider({
  value,
  children,
}: {
  readonly value: EditorContextValue;
  readonly children: ReactNode;
}) {
  const readOnly = useStore(value.document, (state) => state.readOnly);
  return createElement(
    EditorContext,
    { value },
    createElement(ReadOnlyContext, { value: readOnly }, children),
  );
}

/** The context of one editor. */
export function contextOf(services: EditorServices): EditorContextValue {
  const { document, runs, history, triggers, accounts, dataStores, network, appHosts, view } = services;
  return {
    document,
    runs,
    history,
    triggers,
    accounts,
    dataStores,
    network,
    appHosts,
    view,
    language: services.language ?? null,
    languageSession: createStore(() => ({ session: null })),
    catalog: services.catalog ?? builtInCatalog,
    preferences: services.preferences ?? createPreferences(() => localStorage),
  };
}

/** @throws Error outside of an `<Editor>`. */
export function useEditor(): EditorContextValue {
  const context = useContext(EditorContext);
  if (context === null) throw new Error("This component must be used inside <Editor>.");
  return context;
}

/** Part of the workflow; renders again only when that part changes. */
export function useWorkflow<T>(select: (workflow: Workflow) => T): T {
  const { document } = useEditor();
  return useStore(document, (state) => select(state.workflow));
}

/** The step as it stands, or undefined when it has just been removed. */
export function useStep(stepId: string): Step | undefined {
  return useWorkflow((workflow) => stepOf(workflow, stepId));
}

export function useStepRun(stepId: string): StepRunState {
  const { runs } = useEditor();
  return useStore(runs, (state) => stateOf(state, stepId));
}

export function useRuns<T>(select: (state: RunState) => T): T {
  const { runs } = useEditor();
  return useStore(runs, select);
}

export function useView<T>(select: (state: ViewState) => T): T {
  const { view } = useEditor();
  return useStore(view, select);
}

export function useTriggers<T>(select: (state: TriggerState) => T): T {
  const { triggers } = useEditor();
  return useStore(triggers, select);
}

export function useNetwork<T>(select: (state: NetworkPolicyState) => T): T {
  const { network } = useEditor();
  return useStore(network, select);
}

/** Accounts of one app. */
export function useAccountsOf(slug: string): readonly AccountSummary[] {
  const { accounts } = useEditor();
  const all = useStore(accounts, (state) => state.accounts);
  return all.filter((account) => account.app === slug);
}

/** From the context, not from the store: each card asks some ten times, and the store tells of every key. */
export function useReadOnly(): boolean {
  return useContext(ReadOnlyContext);
}

const indexes = new WeakMap<Workflow, ReadonlyMap<string, Step>>();

/** Every card asks for its own step after every edit: one index a workflow, not one search a card. */
export function stepOf(workflow: Workflow, stepId: string): Step | undefined {
  let index = indexes.get(workflow);
  if (index === undefined) {
    index = new Map(workflow.steps.map((step) => [step.id, step]));
    indexes.set(workflow, index);
  }
  return index.get(stepId);
}
