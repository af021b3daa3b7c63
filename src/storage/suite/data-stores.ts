import { describe, expect, test, vi } from "vitest";
import type { DataStoreChange } from "../../lib/data-store-change.ts";
import { later, type StorageTest } from "./setup.ts";

const set = (key: string, json = "1", expiresAt: number | null = null): DataStoreChange => ({
  kind: "set",
  key,
  json,
  expiresAt,
});

export function testDataStores({ browser, storage, openTab }: StorageTest): void {
  describe("data stores", () => {
    const makeStore = async (name = "Customers") => (await storage().dataStores.create(name)).id;

    test("are created, listed by name, renamed, deleted with their records; names are unique", async () => {
      const { dataStores, dataStoreRecords } = storage();
      const b = await dataStores.create("Bills");
      const a = await dataStores.create("accounts");
      expect((await dataStores.list()).map(({ name }) => name)).toEqual(["accounts", "Bills"]);
      await expect(dataStores.create("bills")).rejects.toThrow("Choose another name");
      await expect(dataStores.rename(a.id, "BILLS")).rejects.toThrow('There is a data store named "Bills"');
      await dataStores.rename(b.id, "BILLS");
      expect(await dataStores.get(b.id)).toMatchObject({ name: "BILLS", createdAt: b.createdAt });
      for (const store of [a.id, b.id])
        await dataStoreRecords.write(store, [set("k", "1", Date.now() + 1e6)]);
      await dataStores.delete(a.id);
      expect(await dataStores.get(a.id)).toBeNull();
      expect(await dataStoreRecords.count(a.id)).toBe(0);
      expect(await dataStoreRecords.count(b.id)).toBe(1);
      await expect(dataStoreRecords.write(a.id, [set("k")])).rejects.toThrow("deleted");
      await expect(dataStores.rename(a.id, "x")).rejects.toThrow("deleted");
    });

    test("keep each record by itself: tabs that write different keys lose nothing", async () => {
      const store = await makeStore();
      const tab = await openTab();
      const tabs = [storage(), tab];
      await Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          tabs[n % 2]?.dataStoreRecords.write(store, [set(`k${String(n).padStart(2, "0")}`, String(n))]),
        ),
      );
      expect(await tab.dataStoreRecords.count(store)).toBe(40);
      const [first, missing] = await tab.dataStoreRecords.get(store, ["k07", "none"]);
      expect(first).toMatchObject({ key: "k07", json: "7", expiresAt: null });
      expect(missing).toBeNull();
    });

    test("are paged in the order of their keys, whatever is in the keys", async () => {
      const store = await makeStore();
      await storage().dataStores.create("Other");
      const keys = ["", " ", "!", "a", "a\u0000", "a b", "b", "z", "é", "\uffff", "\uffff\uffff"];
      await storage().dataStoreRecords.write(
        store,
        [...keys].reverse().map((key) => set(key)),
      );
      const records = storage().dataStoreRecords;
      expect(await records.keys(store, null, 100)).toEqual(keys);
      expect(await records.keys(store, "a", 2)).toEqual(["a\u0000", "a b"]);
      const seen: string[] = [];
      let after: string | null = null;
      for (let pages = 0; pages === 0 || after !== null; pages += 1) {
        const page: Awaited<ReturnType<typeof records.page>> = await records.page(store, after, 4);
        seen.push(...page.records.map(({ key }) => key));
        after = page.next;
      }
      expect(seen).toEqual(keys);
    });

    test("changes are made in their order, all or none", async () => {
      const store = await makeStore();
      const records = storage().dataStoreRecords;
      await records.write(store, [set("a", "1"), set("b", "2"), set("a", "3"), { kind: "delete", key: "b" }]);
      expect((await records.page(store, null, 10)).records).toMatchObject([{ key: "a", json: "3" }]);
      await records.write(store, [set("c"), { kind: "clear" }, set("d"), { kind: "delete", key: "none" }]);
      expect(await records.keys(store, null, 10)).toEqual(["d"]);
      await browser().plant("dataStoreRecords", `${store} odd`, "??");
      await expect(records.write(store, [set("e"), set("odd")])).rejects.toMatchObject({
        reason: "read-only",
        message: expect.stringContaining('"odd"'),
      });
      expect(await records.get(store, ["e", "odd"])).toEqual([null, null]);
      expect(await browser().peek("dataStoreRecords", `${store} odd`)).toBe("??");
    });

    test("records that have expired are there for nobody, and are removed", async () => {
      const store = await makeStore();
      const records = storage().dataStoreRecords;
      const soon = Date.now() + 500;
      await records.write(store, [
        set("stays"),
        set("goes", "1", soon),
        set("kept", "2", soon),
        set("anew", "3", soon),
      ]);
      expect(await records.setExpiry(store, "kept", null)).toBe(true);
      expect(await records.setExpiry(store, "stays", Date.now() + 1e6)).toBe(true);
      await records.write(store, [set("anew", "4")]);
      expect(await records.count(store)).toBe(4);
      later();
      expect((await records.get(store, ["goes", "kept"])).map((record) => record?.json)).toEqual([
        undefined,
        "2",
      ]);
      expect(await records.setExpiry(store, "goes", null)).toBe(false);
      expect(await records.count(store)).toBe(3);
      expect(await records.keys(store, null, 9)).toEqual(["anew", "kept", "stays"]);
      expect((await records.page(store, null, 9)).records.map(({ json }) => json)).toEqual(["4", "2", "1"]);
      expect(await browser().peek("dataStoreRecords", `${store} goes`)).toBeUndefined();
    });

    test("tell who listens which store has changed, in other tabs too", async () => {
      const store = await makeStore();
      const tab = await openTab();
      const [here, there, stores] = [vi.fn(), vi.fn(), vi.fn()];
      storage().dataStoreRecords.onChange(here);
      tab.dataStoreRecords.onChange(there);
      tab.dataStores.onChange(stores);
      await storage().dataStoreRecords.write(store, [set("a"), set("b")]);
      expect(here.mock.calls).toEqual([[store]]);
      await vi.waitFor(() => expect(there.mock.calls).toEqual([[store]]));
      await storage().dataStores.rename(store, "New");
      await vi.waitFor(() => expect(stores).toHaveBeenCalledTimes(1));
    });
  });
}
