import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { AccountsPage, AccountsProvider } from "../accounts/index.ts";
import { DataStorePage, DataStoresPage, DataStoresProvider } from "../datastores/index.ts";
import { EnvironmentPage } from "../environment/index.ts";
import { Spinner, Toaster } from "../ui/index.ts";
import { CommandHost } from "./commands/CommandHost.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { HomePage } from "./HomePage.tsx";
import { ImportHost } from "./import/ImportHost.tsx";
import { NetworkQuestion } from "./NetworkQuestion.tsx";
import { Notice } from "./Notice.tsx";
import { Shell } from "./Shell.tsx";
import { useServices } from "./services.ts";
import { workflowsUsing } from "./usage.ts";

// The builder is the larger half of the app.
const EditorPage = lazy(() => import("./EditorPage.tsx").then(({ EditorPage: page }) => ({ default: page })));

/** Every page behind its address. */
export function App() {
  const { storage, accounts, dataStores, environment, testConnection } = useServices();
  return (
    <ErrorBoundary>
      <AccountsProvider
        store={accounts}
        testConnection={testConnection}
        usageOf={(id) =>
          workflowsUsing(storage, ({ apps }) => apps.some(({ accountId }) => accountId === id))
        }
      >
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/">
              <HomePage />
            </Route>
            <Route path="/workflows/:id">{({ id }) => <EditorPage key={id} id={id} />}</Route>
            <Route path="/accounts">
              <Shell>
                <AccountsPage />
              </Shell>
            </Route>
            <Route path="/environment">
              <Shell>
                <EnvironmentPage store={environment} />
              </Shell>
            </Route>
            <Route path="/data-stores/:id?">
              {({ id }) => (
                <Shell>
                  <DataStoresProvider
                    list={dataStores}
                    records={storage.dataStoreRecords}
                    usageOf={async (store) =>
                      (await workflowsUsing(storage, ({ dataStore }) => dataStore?.id === store)).map(
                        (use) => ({ ...use, href: `/workflows/${use.id}` }),
                      )
                    }
                  >
                    {id === undefined ? <DataStoresPage /> : <DataStorePage key={id} id={id} />}
                  </DataStoresProvider>
                </Shell>
              )}
            </Route>
            <Route>
              <Shell>
                <Notice title="There is no such page">
                  The address leads nowhere. Pick a workflow on the Workflows page.
                </Notice>
              </Shell>
            </Route>
          </Switch>
        </Suspense>
        <ImportHost />
      </AccountsProvider>
      <NetworkQuestion />
      <CommandHost />
      <Toaster />
    </ErrorBoundary>
  );
}

function Loading() {
  return (
    <Shell>
      <Spinner label="Loading the page" />
    </Shell>
  );
}
