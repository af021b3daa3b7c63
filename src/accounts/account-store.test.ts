import { beforeEach, describe, expect, it, vi } from "vitest";
import { openVault, RecordMissing, type SealedAccount, type Vault, VaultLocked } from "../vault/index.ts";
import { type MemoryRecords, memoryKeys, memoryRecords } from "../vault/testing.ts";
import { type AccountStore, createAccountStore } from "./account-store.ts";

let vault: Vault;
let repository: MemoryRecords<SealedAccount>;
let clock: number;

function storeOf(): AccountStore {
  return createAccountStore({ repository, vault, now: () => clock });
}
async function loaded(store: AccountStore): Promise<void> {
  await vi.waitFor(() => expect(store.getState().loaded).toBe(true));
}
const names = (store: AccountStore): string[] => store.getState().accounts.map(({ name }) => name);

beforeEach(async () => {
  vault = await openVault(memoryKeys());
  repository = memoryRecords<SealedAccount>();
  clock = 1000;
});

describe("the store of accounts", () => {
  it("keeps what was connected, sealed, and finds it again in a later visit", async () => {
    const first = storeOf();
    const made = await first
      .getState()
      .connect({ app: "slack", name: "Acme", fields: { token: "xoxb-1234" } });
    expect(made).toEqual({
      id: made.id,
      app: "slack",
      name: "Acme",
      createdAt: 1000,
      lastUsedAt: 1000,
      revision: expect.any(String),
    });
    expect(JSON.stringify([...repository.stored.values()])).not.toContain("xoxb");

    const later = storeOf();
    await loaded(later);
    expect(later.getState().accounts).toEqual([made]);
    expect(await later.getState().fieldsOf(made.id)).toEqual({ token: "xoxb-1234" });
  });

  it("holds any number of accounts of an app, the oldest first", async () => {
    const store = storeOf();
    for (const name of ["one", "two", "three"]) {
      clock += 1;
      await store.getState().connect({ app: "slack", name, fields: {} });
    }
    expect(names(store)).toEqual(["one", "two", "three"]);
  });

  it("renames, replaces fields and notes uses, also at once", async () => {
    const store = storeOf();
    const { id } = await store.getState().connect({ app: "slack", name: "A", fields: { token: "old" } });
    clock = 5000;
    const { rename, updateFields, touch } = store.getState();
    await Promise.all([rename(id, "B"), updateFields(id, { token: "new" }), touch(id)]);
    expect(store.getState().accounts).toEqual([
      { id, app: "slack", name: "B", createdAt: 1000, lastUsedAt: 5000, revision: expect.any(String) },
    ]);
    expect(await store.getState().fieldsOf(id)).toEqual({ token: "new" });
  });

  it("removes and brings back, with the same id and fields", async () => {
    const store = storeOf();
    const made = await store.getState().connect({ app: "slack", name: "A", fields: { token: "t-123" } });
    await store.getState().remove(made.id);
    expect(names(store)).toEqual([]);
    expect(await store.getState().find(made.id)).toBeNull();
    await store.getState().restore(made.id);
    expect(store.getState().accounts).toEqual([made]);
    expect(await store.getState().fieldsOf(made.id)).toEqual({ token: "t-123" });
    await expect(store.getState().restore(made.id)).rejects.toThrow(RecordMissing);
  });

  it("says so where an account is gone", async () => {
    const { fieldsOf, rename, updateFields, remove } = storeOf().getState();
    await expect(fieldsOf("gone")).rejects.toThrow(/has been deleted/);
    await expect(rename("gone", "x")).rejects.toThrow(RecordMissing);
    await expect(updateFields("gone", {})).rejects.toThrow(RecordMissing);
    await expect(remove("gone")).resolves.toBeUndefined();
    expect(repository.stored.size).toBe(0);
  });

  it("sees what another tab has changed", async () => {
    const store = storeOf();
    const { id } = await store.getState().connect({ app: "slack", name: "A", fields: {} });
    const record = repository.stored.get(id);
    if (record) repository.stored.set(id, { ...record, name: "renamed elsewhere" });
    repository.announce();
    await vi.waitFor(() => expect(names(store)).toEqual(["renamed elsewhere"]));
  });

  it("lists accounts whose key is lost, and says so when they are read", async () => {
    const { id } = await storeOf()
      .getState()
      .connect({ app: "slack", name: "A", fields: { token: "t" } });
    vault = await openVault(memoryKeys());
    const later = storeOf();
    await loaded(later);
    expect(names(later)).toEqual(["A"]);
    await expect(later.getState().fieldsOf(id)).rejects.toThrow(VaultLocked);
    await later.getState().updateFields(id, { token: "again" });
    expect(await later.getState().fieldsOf(id)).toEqual({ token: "again" });
  });

  it("passes on why nothing could be stored, and goes on afterwards", async () => {
    const store = storeOf();
    repository.failWrites("The disk is full.");
    await expect(store.getState().connect({ app: "a", name: "A", fields: {} })).rejects.toThrow(
      "The disk is full.",
    );
    expect(names(store)).toEqual([]);
    repository.failWrites(null);
    await store.getState().connect({ app: "a", name: "B", fields: {} });
    expect(names(store)).toEqual(["B"]);
  });

  it("says why the accounts can't be listed", async () => {
    const broken = { ...repository, list: () => Promise.reject(new Error("blocked")) };
    const store = createAccountStore({ repository: broken, vault });
    await vi.waitFor(() => expect(store.getState().problem).toBe("The accounts can't be read: blocked"));
    expect(store.getState().loaded).toBe(false);
  });
});
