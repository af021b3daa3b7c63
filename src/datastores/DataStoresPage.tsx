import { Plus } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { useStore } from "zustand";
import { Banner, Button, CopyCode, EmptyState, List, Page, Spinner } from "../ui/index.ts";
import { useDataStoreServices } from "./context.tsx";
import { DataStoreRow } from "./DataStoreRow.tsx";
import { dataStorePath } from "./data-store-path.ts";
import styles from "./datastores.module.css";
import { NewDataStoreDialog } from "./NewDataStoreDialog.tsx";

/** All data stores. */
export function DataStoresPage() {
  const { list } = useDataStoreServices();
  const { stores, loaded, problem } = useStore(list);
  const [isNaming, setNaming] = useState(false);
  const [, navigate] = useLocation();
  const create = (
    <Button variant="primary" onClick={() => setNaming(true)}>
      <Plus size={15} aria-hidden />
      New data store
    </Button>
  );
  return (
    <Page title="Data stores" actions={stores.length > 0 && create}>
      {problem !== null && <Banner tone="bad">{problem}</Banner>}
      {!loaded && problem === null && <Spinner label="Loading data stores" />}
      {loaded && stores.length === 0 && (
        <EmptyState title="No data stores yet" action={create}>
          A data store keeps values between runs, under keys. Steps that you attach it to use it as a dict:{" "}
          <CopyCode code={'pd.inputs["data_store"]'} />
        </EmptyState>
      )}
      {stores.length > 0 && (
        <>
          <p className={styles.intro}>
            Values that stay between runs, in this browser. Steps of all workflows can share a data store.
            Records are stored as they are, not encrypted: keep tokens in accounts.
          </p>
          <List frame="page" aria-label="Data stores">
            {stores.map((store) => (
              <DataStoreRow key={store.id} store={store} />
            ))}
          </List>
        </>
      )}
      {isNaming && (
        <NewDataStoreDialog
          list={list}
          onCreated={({ id }) => navigate(dataStorePath(id))}
          onClose={() => setNaming(false)}
        />
      )}
    </Page>
  );
}
