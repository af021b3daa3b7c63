import { type IDBPDatabase, openDB } from "idb";

/** Python's files, by version and name. */
export const FILES = "files";
/** What workflows' next visits start from, by workflow. */
export const SNAPSHOTS = "snapshots";
/** When each of these was used last, by workflow: apart from them, as they are large and would be written anew. */
export const SNAPSHOT_USES = "snapshot-uses";

/**
 * The database of Python's start, apart from the one that holds people's work: it is read before anything else is, and whatever is
 * wrong with the other (another version in another tab, an upgrade) must not keep Python from starting.
 *
 * Gives a function that opens it on its first call, and anew after it was closed; rejects with what IndexedDB throws.
 */
export function runtimeDatabase(name: string): () => Promise<IDBPDatabase> {
  let opening: Promise<IDBPDatabase> | null = null;
  return () => {
    opening ??= openDB(name, 3, {
      upgrade(database, from) {
        if (from < 1) database.createObjectStore(FILES);
        if (from < 2) database.createObjectStore(SNAPSHOTS, { keyPath: "workflowId" });
        if (from < 3) database.createObjectStore(SNAPSHOT_USES);
      },
      blocking(_current, _blocked, event) {
        opening = null;
        (event.target as IDBDatabase).close();
      },
      terminated: () => {
        opening = null;
      },
    }).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
}
