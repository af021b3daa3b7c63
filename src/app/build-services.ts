import { createStore } from "zustand/vanilla";
import {
  accountForRun,
  createAccountStore,
  createConnectionTest,
  type TestConnection,
} from "../accounts/index.ts";
import { createDataStoreList } from "../datastores/index.ts";
import { createEnvironmentStore } from "../environment/index.ts";
import { createNetworkPolicies, createPermissions } from "../runs/index.ts";
import { createHooks, type GatewayClient, type Runtime, SIGNED_IN_META } from "../runtime/index.ts";
import { openIndexedDbStorage } from "../storage/index.ts";
import { toast } from "../ui/index.ts";
import { openVault } from "../vault/index.ts";
import { type DocumentStore, workflowCodec } from "../workflow/index.ts";
import { appHostsOf } from "./app-hosts.ts";
import { createCommandCenter } from "./commands/command-center.ts";
import { createImports } from "./import/imports.ts";
import { packageFile } from "./package-file.ts";
import { revisionsOf } from "./revisions.ts";
import type { AppServices, ProblemStore } from "./services.ts";

/** How long *Test connection* waits, in milliseconds. */
const CONNECTION_TEST_TIMEOUT = 20_000;

/** What is there before the app is. */
export interface EarlyServices {
  readonly client: GatewayClient;
  readonly runtime: Runtime;
}

/**
 * Opens storage and vault and connects everything to it. `onBlocked` hears of a tab with an older Runnel that has to go before
 * the storage can be opened.
 *
 * @throws Error with a sentence for the person when the browser's storage can't be opened.
 */
export async function buildServices(
  { client, runtime }: EarlyServices,
  onBlocked: (message: string) => void,
): Promise<AppServices> {
  const problems: ProblemStore = createStore(() => ({ storageProblem: null }));
  const openDocuments = new Set<DocumentStore>();
  const storage = await openIndexedDbStorage({
    workflowCodec,
    async onProblem({ kind, message }) {
      if (kind === "blocked") {
        onBlocked(message);
        return;
      }
      await Promise.all([...openDocuments].map((document) => document.getState().flush()));
      problems.setState({ storageProblem: message });
    },
  });
  const vault = await openVault(storage.keys);
  const accounts = createAccountStore({ repository: storage.accounts, vault });
  const environment = createEnvironmentStore({ repository: storage.variables, vault });
  const signedIn = document.querySelector<HTMLMetaElement>(`meta[name=${SIGNED_IN_META}]`)?.content === "yes";
  const networkPolicies = createNetworkPolicies({
    repository: storage.networkPolicies,
    onStoreFailure: (message) => toast(message, { tone: "warn" }),
  });
  return {
    openDocuments,
    problems,
    storage,
    accounts,
    environment,
    dataStores: createDataStoreList(storage.dataStores),
    runtime,
    hooks: createHooks(client),
    commands: createCommandCenter(),
    revisions: revisionsOf(accounts, environment),
    permissions: createPermissions(),
    networkPolicies,
    imports: createImports(storage.workflows, networkPolicies),
    appHostsOf: (workflow) => appHostsOf(accounts, workflow),
    testConnection: connectionTest(client),
    language: {
      packageFile: (entry, signal) => packageFile(client, entry, signal),
      pythonStarted: () => started(runtime),
      variables: () => environment.getState().variables.map(({ name }) => name),
    },
    accountForRun: async (app, accountId) => {
      const account = await accountForRun(accounts, app, accountId);
      if (account) void accounts.getState().touch(accountId);
      return account;
    },
    signOut: signedIn
      ? async () => {
          await Promise.all([...openDocuments].map((open) => open.getState().flush()));
          await client.signOut();
        }
      : null,
    environmentForRun: () => environment.getState().forRun(),
  };
}

/** Resolves when Python has started, or failed to. */
function started(runtime: Runtime): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (runtime.state().kind === "starting") return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = runtime.subscribe(look);
    look();
  });
}

function connectionTest(client: GatewayClient): TestConnection {
  return createConnectionTest({
    send: async ({ method, url, headers, body }) => {
      const answer = await client.fetchThrough(
        { url, method, headers: Object.entries(headers), redirect: "follow", allowed: [] },
        body === null ? null : new TextEncoder().encode(body).buffer,
        AbortSignal.timeout(CONNECTION_TEST_TIMEOUT),
      );
      if (answer.head.kind === "error") throw new Error(answer.head.message);
      if (answer.head.kind === "ask") {
        throw new Error(
          `${answer.head.host} is a ${answer.head.range} address. Run a step to be asked whether it may be reached.`,
        );
      }
      return { status: answer.head.status, body: await new Response(answer.body).text() };
    },
  });
}
