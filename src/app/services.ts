import { createContext, useContext } from "react";
import type { StoreApi } from "zustand/vanilla";
import type { AccountStore, TestConnection } from "../accounts/index.ts";
import type { DataStoreList } from "../datastores/index.ts";
import type { AppHosts, LanguageServices } from "../editor/index.ts";
import type { EnvironmentStore } from "../environment/index.ts";
import type { AccountForRun, NetworkPolicies, Permissions, Revisions, RunDeps } from "../runs/index.ts";
import type { Hooks, Runtime } from "../runtime/index.ts";
import type { Storage } from "../storage/index.ts";
import type { DocumentStore, Workflow } from "../workflow/index.ts";
import type { CommandCenter } from "./commands/command-center.ts";
import type { Imports } from "./import/imports.ts";

/** What `buildServices` builds once and every page shares. */
export interface AppServices {
  /** Documents that are open now: they are stored before another version of Runnel takes the storage over. */
  readonly openDocuments: Set<DocumentStore>;
  readonly problems: ProblemStore;
  readonly storage: Storage;
  readonly accounts: AccountStore;
  readonly environment: EnvironmentStore;
  readonly dataStores: DataStoreList;
  readonly runtime: Runtime;
  /** Addresses of this page at the gateway. */
  readonly hooks: Hooks;
  readonly permissions: Permissions;
  /** What each workflow may do on the network. */
  readonly networkPolicies: NetworkPolicies;
  readonly testConnection: TestConnection;
  readonly accountForRun: (app: string, accountId: string) => Promise<AccountForRun | null>;
  /** Stores what is open and ends the session with the gateway; null where it asks for no password. */
  readonly signOut: (() => Promise<void>) | null;
  /** Hosts of the accounts that are attached to a workflow's steps. */
  readonly appHostsOf: (workflow: Workflow) => Promise<readonly AppHosts[]>;
  /** What can be done by palette and keys. */
  readonly commands: CommandCenter;
  readonly revisions: Revisions;
  /** Files that are to become workflows. */
  readonly imports: Imports;
  /** What the editor's knowledge of Python takes. */
  readonly language: LanguageServices;
  readonly environmentForRun: RunDeps["environment"];
}

/** What goes wrong with the storage while the page is open; stays on the screen until a reload. */
export type ProblemStore = StoreApi<{ readonly storageProblem: string | null }>;

const ServicesContext = createContext<AppServices | null>(null);
export const ServicesProvider = ServicesContext.Provider;

/** @throws Error outside of a `ServicesProvider`. */
export function useServices(): AppServices {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("useServices must be used below ServicesProvider.");
  return services;
}
