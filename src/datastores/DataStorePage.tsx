import { ChevronLeft, Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Link } from "wouter";
import { useStore } from "zustand";
import { countOf } from "../lib/format.ts";
import { Banner, Button, EmptyState, Page, Spinner, TextField, toast } from "../ui/index.ts";
import { attempt } from "./attempt.ts";
import { useDataStoreServices } from "./context.tsx";
import { DATA_STORES_PATH } from "./data-store-path.ts";
import styles from "./datastores.module.css";
import { FileButtons } from "./FileButtons.tsx";
import { RecordDialog } from "./RecordDialog.tsx";
import { RecordTable } from "./RecordTable.tsx";
import type { DataStore, DataStoreRecord } from "./types.ts";
import { type RecordKeys, useRecordKeys } from "./use-record-keys.ts";

/** The records of one data store. */
export function DataStorePage({ id }: { readonly id: string }) {
  const { list } = useDataStoreServices();
  const { stores, loaded, problem } = useStore(list);
  const store = stores.find((candidate) => candidate.id === id);
  if (store) return <Records store={store} />;
  return (
    <Page title="Data store">
      {problem !== null && <Banner tone="bad">{problem}</Banner>}
      {!loaded && problem === null && <Spinner label="Loading the data store" />}
      {loaded && (
        <EmptyState
          title="There is no such data store"
          action={<Link href={DATA_STORES_PATH}>Go to your data stores</Link>}
        >
          It may have been deleted, or it lives in another browser.
        </EmptyState>
      )}
    </Page>
  );
}

function Records({ store }: { readonly store: DataStore }) {
  const { records } = useDataStoreServices();
  const [query, setQuery] = useState("");
  const sought = useDeferredValue(query.trim());
  const found = useRecordKeys(store.id, sought);
  const [editing, setEditing] = useState<DataStoreRecord | "new" | null>(null);
  const isEmpty = found.isComplete && found.keys.length === 0;

  const remove = async (record: DataStoreRecord) => {
    const { key, json, expiresAt } = record;
    const done = await attempt(`${key} was not deleted`, () =>
      records.write(store.id, [{ kind: "delete", key }]),
    );
    if (!done) return;
    const bringBack = async () => {
      const [there] = await records.get(store.id, [key]);
      if (there) throw new Error("There is another record with its key by now.");
      await records.write(store.id, [{ kind: "set", key, json, expiresAt }]);
    };
    toast(`Deleted ${key}`, {
      action: { label: "Undo", onClick: () => void attempt(`${key} was not brought back`, bringBack) },
    });
  };

  return (
    <Page
      title={store.name}
      actions={
        <>
          <FileButtons store={store} />
          <Button variant="primary" onClick={() => setEditing("new")}>
            <Plus size={15} aria-hidden />
            Add record
          </Button>
        </>
      }
    >
      <div className={styles.bar}>
        <Link href={DATA_STORES_PATH} className={styles.back}>
          <ChevronLeft size={15} aria-hidden /> Data stores
        </Link>
        <span role="status" className={styles.facts}>
          {factsOf(found, sought)}
        </span>
      </div>
      {found.problem !== null && <Banner tone="bad">{found.problem}</Banner>}
      {(sought !== "" || query !== "" || !isEmpty) && (
        <TextField label="Search keys and values" type="search" value={query} onChange={setQuery} />
      )}
      {isEmpty && found.problem === null && (
        <EmptyState title={sought === "" ? "No records yet" : "Nothing found"}>
          {sought === ""
            ? "Steps that have this data store attached write here, or add and import records yourself."
            : "No key and no value has this text in it."}
        </EmptyState>
      )}
      {!isEmpty && (
        <RecordTable
          store={store.id}
          found={found}
          onEdit={setEditing}
          onDelete={(record) => void remove(record)}
        />
      )}
      {editing !== null && (
        <RecordDialog
          store={store.id}
          record={editing === "new" ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  );
}

function factsOf({ keys, isComplete }: RecordKeys, query: string): string {
  if (!isComplete && keys.length === 0) return query === "" ? "Reading" : "Searching";
  const records = countOf(keys.length, "record");
  if (query === "") return isComplete ? records : `${records} so far`;
  return isComplete ? `${records} found` : `${records} found so far`;
}
