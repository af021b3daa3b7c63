import type { DocumentCodec } from "../lib/document-codec.ts";
import type { ChangeHub } from "./change-hub.ts";
import { StorageError } from "./storage-error.ts";
import type { Database, TableName } from "./tables.ts";
import type { RecordRepository } from "./types.ts";

/** Records in envelopes, keyed by their id. `mayReplace`: whether one that can't be read may be overwritten. */
export function createRecordRepository<T extends { readonly id: string }>(deps: {
  readonly database: Database;
  readonly hub: ChangeHub;
  readonly table: TableName;
  readonly codec: DocumentCodec<T>;
  readonly mayReplace: boolean;
}): RecordRepository<T> & { listWithPrefix(prefix: string): Promise<readonly T[]> } {
  const { database, hub, table: name, codec, mayReplace } = deps;

  const readAll = (values: readonly unknown[]): T[] =>
    values.flatMap((raw) => {
      const read = codec.read(raw);
      return read.kind === "ok" ? [read.value] : [];
    });

  const listWithPrefix = async (prefix: string) => {
    const rows = await database.transaction([name], "readonly", (table) => table(name).entries(prefix));
    return readAll(rows.map(([, raw]) => raw));
  };

  return {
    listWithPrefix,
    list: () => listWithPrefix(""),
    async get(id) {
      const raw = await database.transaction([name], "readonly", (table) => table(name).get(id));
      return readAll([raw])[0] ?? null;
    },
    async put(record) {
      await database.transaction([name], "readwrite", async (table) => {
        const stored = mayReplace ? undefined : await table(name).get(record.id);
        if (stored !== undefined && codec.read(stored).kind !== "ok")
          throw new StorageError(
            "read-only",
            `What is stored as "${record.id}" was written by a newer version of Runnel or is damaged, and is not overwritten. Use another name.`,
          );
        await table(name).put(record.id, codec.write(record));
      });
      hub.publish({ table: name, id: record.id, revision: null });
    },
    async delete(id) {
      await database.transaction([name], "readwrite", (table) => table(name).delete(id));
      hub.publish({ table: name, id, revision: null });
    },
    onChange: (listener) => hub.subscribe(name, () => listener()),
  };
}
