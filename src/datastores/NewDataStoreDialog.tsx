import { RenameDialog } from "../ui/index.ts";
import type { DataStoreList } from "./data-store-list.ts";
import { checkDataStoreName } from "./data-store-name.ts";
import type { DataStore } from "./types.ts";

interface NewDataStoreDialogProps {
  readonly list: DataStoreList;
  readonly onCreated: (store: DataStore) => void;
  readonly onClose: () => void;
}

/** Asks for the name of a new data store and makes it; open as long as it is rendered. */
export function NewDataStoreDialog({ list, onCreated, onClose }: NewDataStoreDialogProps) {
  return (
    <RenameDialog
      title="New data store"
      label="Name"
      name=""
      confirmLabel="Create"
      check={checkDataStoreName}
      failed="Not created"
      onRename={async (name) => onCreated(await list.getState().create(name))}
      onClose={onClose}
    />
  );
}
