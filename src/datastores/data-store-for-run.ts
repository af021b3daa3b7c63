import type { DataStoreChange } from "../lib/data-store-change.ts";
import type { DataStoreRecordRepository, DataStoreRepository } from "../storage/index.ts";

/** The store of this id as a step is given it; null where it doesn't exist any more. Each method reads or writes what is stored now. */
export async function dataStoreForRun(
  stores: DataStoreRepository,
  records: DataStoreRecordRepository,
  id: string,
) {
  const store = await stores.get(id);
  if (!store) return null;
  return {
    name: store.name,
    get: async (key: string) => (await records.get(id, [key]))[0]?.json ?? null,
    count: () => records.count(id),
    keys: (after: string | null, limit: number) => records.keys(id, after, limit),
    async items(after: string | null, limit: number) {
      const page = await records.page(id, after, limit);
      return { items: page.records.map(({ key, json }) => [key, json] as const), next: page.next };
    },
    write: (changes: readonly DataStoreChange[]) => records.write(id, changes),
    setExpiry: (key: string, expiresAt: number | null) => records.setExpiry(id, key, expiresAt),
  };
}
