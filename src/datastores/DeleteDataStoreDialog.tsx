import { useEffect, useState } from "react";
import { countOf } from "../lib/format.ts";
import { Button, ConfirmDialog, Dialog, toast } from "../ui/index.ts";
import { attempt } from "./attempt.ts";
import { type DataStoreUse, useDataStoreServices } from "./context.tsx";
import styles from "./datastores.module.css";
import type { DataStore } from "./types.ts";

interface DeleteDataStoreDialogProps {
  readonly store: DataStore;
  /** Of its records; null: not known. */
  readonly count: number | null;
  readonly onClose: () => void;
}

/** Asks before a data store is deleted. One that workflows use can't be (fact 31): it names them. */
export function DeleteDataStoreDialog({ store, count, onClose }: DeleteDataStoreDialogProps) {
  const { list, usageOf } = useDataStoreServices();
  const [uses, setUses] = useState<readonly DataStoreUse[] | null>(null);
  // As it is now: a workflow may have been opened or changed since the list was.
  useEffect(() => {
    let isCurrent = true;
    usageOf(store.id).then(
      (found) => isCurrent && setUses(found),
      (error: unknown) => {
        toast(`It can't be told whether ${store.name} is used: ${String(error)}`, { tone: "bad" });
        onClose();
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [usageOf, store, onClose]);

  const remove = async () => {
    const found = await usageOf(store.id);
    if (found.length > 0) return setUses(found);
    await list.getState().remove(store.id);
    toast(`Deleted ${store.name}`);
    onClose();
  };

  if (uses === null) return null;
  if (uses.length > 0) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={`${store.name} is in use`}
        size="s"
        footer={
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        }
      >
        <p>It can't be deleted while steps of these workflows use it. Take it off them first:</p>
        <ul className={styles.uses}>
          {uses.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${store.name}?`}
      confirmLabel="Delete data store"
      danger
      onConfirm={() => void attempt(`${store.name} was not deleted`, remove)}
    >
      <p>
        {count === 0
          ? "It is empty."
          : `${count === null ? "Its records" : `Its ${countOf(count, "record")}`} will be gone for good. Export them first if you may need them.`}
      </p>
    </ConfirmDialog>
  );
}
