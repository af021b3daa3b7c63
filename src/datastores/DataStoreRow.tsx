import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { countOf } from "../lib/format.ts";
import { IconButton, Menu, RenameDialog, RowText, UsedBy } from "../ui/index.ts";
import { type DataStoreUse, useDataStoreServices } from "./context.tsx";
import { DeleteDataStoreDialog } from "./DeleteDataStoreDialog.tsx";
import { checkDataStoreName } from "./data-store-name.ts";
import { dataStorePath } from "./data-store-path.ts";
import styles from "./datastores.module.css";
import type { DataStore } from "./types.ts";
import { useRecordCount } from "./use-record-count.ts";

/** One data store: how much is in it, where it is used, and what can be done with it. */
export function DataStoreRow({ store }: { readonly store: DataStore }) {
  const { list, usageOf } = useDataStoreServices();
  const count = useRecordCount(store.id);
  const [uses, setUses] = useState<readonly DataStoreUse[] | null>(null);
  const [asking, setAsking] = useState<"rename" | "delete" | null>(null);
  useEffect(() => {
    let isCurrent = true;
    usageOf(store.id).then(
      (found) => isCurrent && setUses(found),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [usageOf, store.id]);

  return (
    <li className={styles.store}>
      <RowText name={<Link href={dataStorePath(store.id)}>{store.name}</Link>}>
        {count === null ? "Counting its records" : countOf(count, "record")} · <UsedBy uses={uses} />
      </RowText>
      <Menu
        trigger={<IconButton label={`Menu of ${store.name}`} icon={<Ellipsis size={16} />} />}
        items={[
          { label: "Rename", icon: <Pencil size={14} />, onSelect: () => setAsking("rename") },
          "separator",
          { label: "Delete", icon: <Trash2 size={14} />, danger: true, onSelect: () => setAsking("delete") },
        ]}
      />
      {asking === "rename" && (
        <RenameDialog
          title={`Rename ${store.name}`}
          label="Name"
          name={store.name}
          confirmLabel="Rename"
          check={checkDataStoreName}
          onRename={(name) => list.getState().rename(store.id, name)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === "delete" && (
        <DeleteDataStoreDialog store={store} count={count} onClose={() => setAsking(null)} />
      )}
    </li>
  );
}
