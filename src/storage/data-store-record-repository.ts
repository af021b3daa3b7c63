import type { DataStoreRecord } from "../datastores/index.ts";
import type { DataStoreChange } from "../lib/data-store-change.ts";
import type { ChangeHub } from "./change-hub.ts";
import { DATA_STORE_DELETED } from "./data-store-repository.ts";
import { type DataStoreRows, rowsOf } from "./data-store-rows.ts";
import { dataStoreRecordCodec as codec } from "./record-codecs.ts";
import { StorageError } from "./storage-error.ts";
import type { Database, Table } from "./tables.ts";
import type { DataStoreRecordRepository } from "./types.ts";

const name = "dataStoreRecords";
/** Expired records that are removed in one transaction. */
const SWEEP = 500;

export function createDataStoreRecordRepository(
  database: Database,
  hub: ChangeHub,
): DataStoreRecordRepository {
  const publish = (store: string) => hub.publish({ table: name, id: store, revision: null });

  const reading = <T>(work: (table: Table) => Promise<T>) =>
    database.transaction([name], "readonly", (tables) => work(tables(name)));

  /** @throws StorageError where the store has been deleted: nothing of it may come back. */
  const writing = <T>(store: string, work: (table: Table) => Promise<T>) =>
    database.transaction([name, "dataStores"], "readwrite", async (tables) => {
      if ((await tables("dataStores").get(store)) === undefined)
        throw new StorageError("unknown", DATA_STORE_DELETED);
      return work(tables(name));
    });

  /** Removes what has expired. */
  async function sweep(store: string): Promise<void> {
    const rows = rowsOf(store);
    const range = rows.expired(Date.now());
    let due = await reading((table) => table.keys(range, 1));
    if (due.length === 0) return;
    while (due.length > 0) {
      due = await database.transaction([name], "readwrite", async (tables) => {
        const table = tables(name);
        const found = await table.keys(range, SWEEP);
        await Promise.all(
          found.map(async (note) => {
            const row = rows.of(rows.keyInExpiry(note));
            if (isExpired(codec.read(await table.get(row)))) await table.delete(row);
            await table.delete(note);
          }),
        );
        return found;
      });
    }
    publish(store);
  }

  return {
    async get(store, keys) {
      const rows = rowsOf(store);
      const found = await reading((table) => Promise.all(keys.map((key) => table.get(rows.of(key)))));
      return keys.map((key, index) => readRecord(key, found[index]));
    },
    async keys(store, after, limit) {
      await sweep(store);
      const rows = rowsOf(store);
      return (await reading((table) => table.keys(rows.after(after), limit))).map(rows.keyIn);
    },
    async page(store, after, limit) {
      await sweep(store);
      const rows = rowsOf(store);
      const entries = await reading((table) => table.page(rows.after(after), limit));
      const last = entries.length < limit ? undefined : entries.at(-1)?.[0];
      return {
        records: entries.flatMap(([row, raw]) => readRecord(rows.keyIn(row), raw) ?? []),
        next: last === undefined ? null : rows.keyIn(last),
      };
    },
    async count(store) {
      await sweep(store);
      return reading((table) => table.count(rowsOf(store).after(null)));
    },
    async write(store, changes) {
      await writing(store, (table) => make(table, rowsOf(store), changes));
      publish(store);
    },
    async setExpiry(store, key, expiresAt) {
      const rows = rowsOf(store);
      const isThere = await writing(store, async (table) => {
        const record = readRecord(key, await table.get(rows.of(key)));
        if (record === null) return false;
        await make(table, rows, [{ kind: "set", key, json: record.json, expiresAt }]);
        return true;
      });
      if (isThere) publish(store);
      return isThere;
    },
    onChange: (listener) => hub.subscribe(name, ({ id }) => listener(id)),
  };
}

/** Makes changes in one transaction: only the last of each key counts, and what comes before a `clear` doesn't. */
async function make(table: Table, rows: DataStoreRows, changes: readonly DataStoreChange[]): Promise<void> {
  const cleared = changes.findLastIndex(({ kind }) => kind === "clear");
  if (cleared >= 0) await table.deleteRange(rows.all);
  const last = new Map<string, DataStoreChange>();
  for (const change of changes.slice(cleared + 1)) if (change.kind !== "clear") last.set(change.key, change);
  const updatedAt = Date.now();
  await Promise.all(
    Array.from(last, async ([key, change]) => {
      const row = rows.of(key);
      const raw = cleared >= 0 ? undefined : await table.get(row);
      const stored = raw === undefined ? null : codec.read(raw);
      if (stored !== null && stored.kind !== "ok") throw notOverwritten(key);
      const expiredAt = stored?.value.expiresAt ?? null;
      if (expiredAt !== null) await table.delete(rows.expiry(key, expiredAt));
      if (change.kind !== "set") await table.delete(row);
      else {
        const { json, expiresAt } = change;
        await table.put(row, codec.write({ json, expiresAt, updatedAt }));
        if (expiresAt !== null) await table.put(rows.expiry(key, expiresAt), 1);
      }
    }),
  );
}

function notOverwritten(key: string): StorageError {
  return new StorageError(
    "read-only",
    `What is stored under "${key}" was written by a newer version of Runnel or is damaged, and is kept as it is. Use another key.`,
  );
}

function isExpired(read: ReturnType<typeof codec.read>): boolean {
  return read.kind === "ok" && read.value.expiresAt !== null && read.value.expiresAt <= Date.now();
}

function readRecord(key: string, raw: unknown): DataStoreRecord | null {
  const read = codec.read(raw);
  return read.kind === "ok" && !isExpired(read) ? { key, ...read.value } : null;
}
