import { Database, Plus } from "lucide-react";
import { useState } from "react";
import { NewDataStoreDialog } from "../../datastores/index.ts";
import { Menu } from "../../ui/index.ts";
import { useEditor, useReadOnly } from "../services.ts";
import styles from "./apps.module.css";
import { useDataStores } from "./use-data-stores.ts";

/** Attaches one of the data stores that there are to a step, or a new one. */
export function AddDataStore({ stepId }: { readonly stepId: string }) {
  const { dataStores } = useEditor();
  const readOnly = useReadOnly();
  const { stores, choose } = useDataStores(stepId);
  const [isNaming, setNaming] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <button type="button" className={styles.add} disabled={readOnly}>
            <Plus size={14} aria-hidden /> Add data store
          </button>
        }
        items={[
          ...stores.map(({ id, name }) => ({
            label: name,
            icon: <Database size={14} />,
            onSelect: () => choose(id),
          })),
          ...(stores.length > 0 ? ["separator" as const] : []),
          { label: "New data store…", icon: <Plus size={14} />, onSelect: () => setNaming(true) },
        ]}
      />
      {isNaming && (
        <NewDataStoreDialog
          list={dataStores}
          onCreated={({ id }) => choose(id)}
          onClose={() => setNaming(false)}
        />
      )}
    </>
  );
}
