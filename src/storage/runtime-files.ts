import type { IDBPDatabase } from "idb";
import { FILES, runtimeDatabase } from "./runtime-database.ts";
import type { BlobRepository, WorkflowSnapshotRepository } from "./types.ts";
import { workflowSnapshots } from "./workflow-snapshots.ts";

/** What Python starts from. Nothing is opened before the first call; the calls reject with what IndexedDB throws. */
export function openRuntimeFiles(name = "runnel runtime"): BlobRepository & {
  readonly snapshots: WorkflowSnapshotRepository;
} {
  const opened = runtimeDatabase(name);
  return { ...runtimeFiles(opened), snapshots: workflowSnapshots(opened) };
}

function runtimeFiles(opened: () => Promise<IDBPDatabase>): BlobRepository {
  return {
    async get(version, names) {
      const files = (await opened()).transaction(FILES).store;
      const blobs = await Promise.all(names.map((file) => files.get(`${version} ${file}`)));
      const found = names.flatMap((file, index) => {
        const blob: unknown = blobs[index];
        return blob instanceof Blob ? [[file, blob] as const] : [];
      });
      return found.length === names.length ? new Map(found) : null;
    },
    async put(version, blobs) {
      const transaction = (await opened()).transaction(FILES, "readwrite");
      await Promise.all([
        transaction.store.clear(),
        ...[...blobs].map(([file, blob]) => transaction.store.put(blob, `${version} ${file}`)),
        transaction.done,
      ]);
    },
  };
}
