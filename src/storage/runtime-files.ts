import { type IDBPDatabase, openDB } from "idb";
import type { BlobRepository } from "./types.ts";

const STORE = "files";

/**
 * Python's files, in a database of their own: they are read before anything else is, and whatever is wrong with the one that
 * holds people's work (another version in another tab, an upgrade) must not keep Python from starting.
 * Nothing is opened before the first call; the calls reject with what IndexedDB throws.
 */
export function openRuntimeFiles(name = "runnel runtime"): BlobRepository {
  let opening: Promise<IDBPDatabase> | null = null;
  const opened = () => {
    opening ??= openDB(name, 1, {
      upgrade: (database) => void database.createObjectStore(STORE),
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      terminated: () => {
        opening = null;
      },
    }).catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };

  return {
    async get(version, names) {
      const files = (await opened()).transaction(STORE).store;
      const blobs = await Promise.all(names.map((file) => files.get(`${version} ${file}`)));
      const found = names.flatMap((file, index) => {
        const blob: unknown = blobs[index];
        return blob instanceof Blob ? [[file, blob] as const] : [];
      });
      return found.length === names.length ? new Map(found) : null;
    },
    async put(version, blobs) {
      const transaction = (await opened()).transaction(STORE, "readwrite");
      await Promise.all([
        transaction.store.clear(),
        ...[...blobs].map(([file, blob]) => transaction.store.put(blob, `${version} ${file}`)),
        transaction.done,
      ]);
    },
  };
}
