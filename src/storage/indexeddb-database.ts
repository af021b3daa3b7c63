import { type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import { grantsBecomePolicies } from "./grants-become-policies.ts";
import { StorageError, toStorageError } from "./storage-error.ts";
import type { Database, KeyRange, Table, TableName } from "./tables.ts";

/** Something about the database that people should be told, whatever they are doing. */
export interface StorageProblem {
  /**
   * `blocked`: a tab with an older version of Runnel keeps this one from starting.
   * `outdated`: a newer version in another tab takes over; this page can't store anything from now on.
   */
  readonly kind: "blocked" | "outdated";
  readonly message: string;
}

export interface IndexedDbOptions {
  readonly name: string;
  /** Told of problems. After `outdated` the database stays open until what this returns has settled. */
  readonly onProblem?: ((problem: StorageProblem) => void | Promise<void>) | undefined;
  /** Other upgrades than those shipped; for tests. */
  readonly upgrades?: readonly Upgrade[] | undefined;
}

type Upgrade = (
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], "versionchange">,
) => void | Promise<void>;

/**
 * Each leads to the next version of the tables: the first makes them, in version 1. The version of the database is how
 * many there are. What has been shipped is never changed.
 */
const UPGRADES: readonly Upgrade[] = [
  (database) => {
    for (const table of ["workflows", "accounts", "variables", "results", "network-grants", "keys", "blobs"])
      database.createObjectStore(table);
  },
  grantsBecomePolicies,
  // Python's files have a database of their own.
  (database) => database.deleteObjectStore("blobs"),
  (database) => {
    for (const table of [
      "runs",
      "runContents",
      "waitingRuns",
      "events",
      "hooks",
      "dataStores",
      "dataStoreRecords",
    ])
      database.createObjectStore(table);
  },
];

const OUTDATED =
  "A newer version of Runnel is open in another tab. Reload this page to go on; until then nothing is stored here.";
const BLOCKED =
  "Another tab has an older version of Runnel open. Reload or close that tab, then this one will start.";

/**
 * Opens the database, making or upgrading it where needed.
 * @throws StorageError where the browser has none or keeps it closed (private window, storage turned off).
 */
export async function openIndexedDbDatabase(options: IndexedDbOptions): Promise<Database> {
  const { name, onProblem, upgrades = UPGRADES } = options;
  let connection: Promise<IDBPDatabase> | null = null;
  let closedBecause: string | null = null;

  const connect = async (): Promise<IDBPDatabase> => {
    if (globalThis.indexedDB === undefined)
      throw new StorageError(
        "unavailable",
        "This browser has no IndexedDB, which Runnel stores everything in.",
      );
    return openDB(name, upgrades.length, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        const bringUp = async () => {
          for (const upgrade of upgrades.slice(oldVersion)) await upgrade(database, transaction);
        };
        // All of it or nothing: opening fails, and the next start tries again.
        transaction.done.catch(() => {});
        bringUp().catch(() => transaction.abort());
      },
      blocked: () => void onProblem?.({ kind: "blocked", message: BLOCKED }),
      blocking: () => void giveWay(),
      // Happens when site data is cleared or the browser's storage process dies.
      terminated: () => {
        connection = null;
      },
    });
  };

  /** The connection there is; where it was lost or never made, another attempt. */
  const connected = (): Promise<IDBPDatabase> => {
    connection ??= connect().catch((error: unknown) => {
      connection = null;
      throw toStorageError(error);
    });
    return connection;
  };

  const close = async (reason: string) => {
    closedBecause = reason;
    (await connection)?.close();
  };

  /** Lets another tab upgrade the database, once what is unsaved here had its chance. */
  const giveWay = async () => {
    try {
      await onProblem?.({ kind: "outdated", message: OUTDATED });
    } finally {
      await close(OUTDATED);
    }
  };

  await connected();
  return {
    async transaction(tables, mode, work) {
      if (closedBecause !== null) throw new StorageError("unavailable", closedBecause);
      const database = await connected();
      try {
        return await run(database.transaction([...tables], mode), work);
      } catch (error) {
        throw toStorageError(error);
      }
    },
    close: () => void close("The storage was closed."),
  };
}

type Transaction = IDBPTransaction<unknown, TableName[], "readonly" | "readwrite">;

async function run<T>(
  transaction: Transaction,
  work: (table: (name: TableName) => Table) => Promise<T>,
): Promise<T> {
  // When a request fails, so does the transaction; its reason is the better one (quota, for instance).
  const done = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  try {
    const result = await work((name) => tableOf(transaction, name));
    const failure = await done;
    if (failure !== null) throw failure.error;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has failed or ended by itself.
    }
    await done;
    throw error;
  }
}

function tableOf(transaction: Transaction, name: TableName): Table {
  const store = transaction.objectStore(name);
  return {
    get: (key) => store.get(key),
    async entries(prefix = "") {
      const range = prefix === "" ? null : IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
      return keys.map((key, index) => [String(key), values[index]] as const);
    },
    // In a transaction that only reads these are there as well, and throw.
    async put(key, value) {
      await store.put?.(value, key);
    },
    async delete(key) {
      await store.delete?.(key);
    },
    async clear() {
      await store.clear?.();
    },
    async page(range, limit) {
      const [keys, values] = await Promise.all([
        store.getAllKeys(bounds(range), limit),
        store.getAll(bounds(range), limit),
      ]);
      return keys.map((key, index) => [String(key), values[index]] as const);
    },
    keys: async (range, limit) => (await store.getAllKeys(bounds(range), limit)).map(String),
    count: (range) => store.count(bounds(range)),
    async deleteRange(range) {
      await store.delete?.(bounds(range));
    },
  };
}

const bounds = ({ from, to }: KeyRange) => IDBKeyRange.bound(from, to, false, true);
