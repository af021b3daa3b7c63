import type { DataStore } from "../datastores/index.ts";
import { newId } from "../lib/id.ts";
import type { ChangeHub } from "./change-hub.ts";
import { rowsOf } from "./data-store-rows.ts";
import { dataStoreCodec } from "./record-codecs.ts";
import { StorageError } from "./storage-error.ts";
import type { Database, Table } from "./tables.ts";
import type { DataStoreRepository } from "./types.ts";

const table = "dataStores";

export const DATA_STORE_DELETED = "This data store has been deleted, maybe in another tab.";

export function createDataStoreRepository(database: Database, hub: ChangeHub): DataStoreRepository {
  const publish = (id: string) => hub.publish({ table, id, revision: null });

  /** Writes a store whose name no other one has. */
  const put = async (stores: Table, store: DataStore) => {
    const others = readAll((await stores.entries()).map(([, raw]) => raw));
    const same = others.find(
      ({ id, name }) => id !== store.id && name.toLowerCase() === store.name.toLowerCase(),
    );
    if (same)
      throw new StorageError("unknown", `There is a data store named "${same.name}". Choose another name.`);
    await stores.put(store.id, dataStoreCodec.write(store));
  };

  return {
    async list() {
      const rows = await database.transaction([table], "readonly", (tables) => tables(table).entries());
      return readAll(rows.map(([, raw]) => raw)).sort((a, b) => a.name.localeCompare(b.name));
    },
    async get(id) {
      const raw = await database.transaction([table], "readonly", (tables) => tables(table).get(id));
      return readAll([raw])[0] ?? null;
    },
    async create(name) {
      const store = { id: newId(), name, createdAt: Date.now() };
      await database.transaction([table], "readwrite", (tables) => put(tables(table), store));
      publish(store.id);
      return store;
    },
    async rename(id, name) {
      await database.transaction([table], "readwrite", async (tables) => {
        const [stored] = readAll([await tables(table).get(id)]);
        if (stored === undefined) throw new StorageError("unknown", DATA_STORE_DELETED);
        await put(tables(table), { ...stored, name });
      });
      publish(id);
    },
    async delete(id) {
      await database.transaction([table, "dataStoreRecords"], "readwrite", async (tables) => {
        await tables(table).delete(id);
        await tables("dataStoreRecords").deleteRange(rowsOf(id).all);
      });
      publish(id);
    },
    onChange: (listener) => hub.subscribe(table, () => listener()),
  };
}

function readAll(values: readonly unknown[]): DataStore[] {
  return values.flatMap((raw) => {
    const read = dataStoreCodec.read(raw);
    return read.kind === "ok" ? [read.value] : [];
  });
}
