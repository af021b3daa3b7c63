import { createAccountStore, createTestConnection, type TestConnection } from "../accounts/index.ts";
import { loadApp } from "../catalog/index.ts";
import { createEnvironmentStore, type EnvironmentStore } from "../environment/index.ts";
import { type AccountForRun, createPermissions } from "../runs/index.ts";
import { createGatewayClient, createRuntime, type GatewayClient } from "../runtime/index.ts";
import { openIndexedDbStorage } from "../storage/index.ts";
import { openVault } from "../vault/index.ts";
import { workflowCodec } from "../workflow/index.ts";
import type { AppServices } from "./services.ts";

/** `<meta>` of index.html in which the gateway leaves the token of its start. */
const TOKEN_META = "runnel-token";
/** How long *Test connection* waits, in milliseconds. */
const CONNECTION_TEST_TIMEOUT = 20_000;

/**
 * Opens storage and vault and connects everything to it.
 *
 * @throws Error with a sentence for the person when the browser's storage can't be opened.
 */
export async function buildServices(): Promise<AppServices> {
  const storage = await openIndexedDbStorage({ workflowCodec });
  const vault = await openVault(storage.keys);
  const accounts = createAccountStore({ repository: storage.accounts, vault });
  const environment = createEnvironmentStore({ repository: storage.variables, vault });
  const token = document.querySelector<HTMLMetaElement>(`meta[name=${TOKEN_META}]`)?.content ?? "";
  const client = createGatewayClient({ origin: location.origin, token });
  const runtime = createRuntime({ client, blobs: storage.blobs, base: "/runtime/" });
  return {
    storage,
    accounts,
    environment,
    runtime,
    permissions: createPermissions(storage.networkGrants),
    testConnection: connectionTest(client),
    accountForRun: (app, accountId) => accountForRun(accounts, app, accountId),
    environmentForRun: () => environmentForRun(environment),
  };
}

async function accountForRun(
  accounts: AppServices["accounts"],
  app: string,
  accountId: string,
): Promise<AccountForRun | null> {
  const { accounts: all, fieldsOf, touch } = accounts.getState();
  if (!all.some(({ id }) => id === accountId)) return null;
  const auth = await fieldsOf(accountId);
  void touch(accountId);
  const { fields } = await loadApp(app);
  // A field that the catalogue doesn't know (any more) is taken for a secret.
  const isSecret = (name: string) => fields.find((field) => field.name === name)?.secret ?? true;
  return {
    auth,
    secrets: Object.entries(auth)
      .filter(([name]) => isSecret(name))
      .map(([name, value]) => ({ name: `${app}.$auth.${name}`, value })),
  };
}

async function environmentForRun(environment: EnvironmentStore) {
  const { variables, all } = environment.getState();
  const values = await all();
  const secrets = variables
    .filter(({ secret }) => secret)
    .map(({ name }) => ({ name: `env.${name}`, value: values[name] ?? "" }));
  return { values, secrets };
}

function connectionTest(client: GatewayClient): TestConnection {
  return createTestConnection({
    send: async ({ method, url, headers, body }) => {
      const answer = await client.fetchThrough(
        { url, method, headers: Object.entries(headers), redirect: "follow", allowed: [] },
        body === null ? null : new TextEncoder().encode(body).buffer,
        AbortSignal.timeout(CONNECTION_TEST_TIMEOUT),
      );
      if (answer.head.kind === "error") throw new Error(answer.head.message);
      if (answer.head.kind === "ask") {
        throw new Error(`${answer.head.host} is a ${answer.head.range} address. Run a step to be asked whether it may be reached.`);
      }
      return { status: answer.head.status, body: await new Response(answer.body).text() };
    },
  });
}
