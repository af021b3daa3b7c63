import { type Database, type KeyRange, TABLES, type Table, type TableName } from "./tables.ts";

type Tables = ReadonlyMap<TableName, ReadonlyMap<string, unknown>>;

/** What several memory databases share, as tabs share a browser's storage. */
export interface MemoryDisk {
  tables: Tables;
  /** Transactions happen one after the other. */
  queue: Promise<unknown>;
}

export function createMemoryDisk(): MemoryDisk {
  return { tables: new Map(TABLES.map((name) => [name, new Map()])), queue: Promise.resolve() };
}

/** A database that is gone with the page; for tests, with the manners of the real one. */
export function createMemoryDatabase(disk: MemoryDisk): Database {
  return {
    transaction(_tables, _mode, work) {
      const result = disk.queue.then(async () => {
        const draft = new Map(Array.from(disk.tables, ([name, entries]) => [name, new Map(entries)]));
        const value = await work((name) => tableOf(draft.get(name) ?? new Map()));
        disk.tables = draft;
        return value;
      });
      disk.queue = result.catch(() => undefined);
      return result;
    },
    close() {},
  };
}

/** Values go in and come out as copies, as through IndexedDB. */
function tableOf(entries: Map<string, unknown>): Table {
  const within = ({ from, to }: KeyRange) =>
    Array.from(entries.keys())
      .filter((key) => key >= from && key < to)
      .sort((a, b) => (a < b ? -1 : 1));
  return {
    get: async (key) => structuredClone(entries.get(key)),
    entries: async (prefix = "") =>
      Array.from(entries)
        .filter(([key]) => key.startsWith(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, value]) => [key, structuredClone(value)] as const),
    async put(key, value) {
      entries.set(key, structuredClone(value));
    },
    async delete(key) {
      entries.delete(key);
    },
    async clear() {
      entries.clear();
    },
    page: async (range, limit) =>
      within(range)
        .slice(0, limit)
        .map((key) => [key, structuredClone(entries.get(key))] as const),
    keys: async (range, limit) => within(range).slice(0, limit),
    count: async (range) => within(range).length,
    async deleteRange(range) {
      for (const key of within(range)) entries.delete(key);
    },
  };
}
