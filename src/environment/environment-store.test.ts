import { beforeEach, describe, expect, it, vi } from "vitest";
import { openVault, RecordMissing, type SealedVariable, type Vault, VaultLocked } from "../vault/index.ts";
import { type MemoryRecords, memoryKeys, memoryRecords } from "../vault/testing.ts";
import { createEnvironmentStore, type EnvironmentStore, VariableRefused } from "./environment-store.ts";

let vault: Vault;
let repository: MemoryRecords<SealedVariable>;
const variable = { secret: true, description: "" };

function storeOf(): EnvironmentStore {
  return createEnvironmentStore({ repository, vault, now: () => 7 });
}

beforeEach(async () => {
  vault = await openVault(memoryKeys());
  repository = memoryRecords<SealedVariable>();
});

describe("environment variables (facts 15 and 16)", () => {
  it("are kept sealed and given to steps by name", async () => {
    const { set } = storeOf().getState();
    await set({ ...variable, name: "STRIPE_KEY", value: "sk-1234" });
    await set({ name: "_region", value: "", secret: false, description: "Where" });
    expect(JSON.stringify([...repository.stored.values()])).not.toContain("sk-1234");

    const later = storeOf();
    await vi.waitFor(() => expect(later.getState().loaded).toBe(true));
    expect(later.getState().variables).toEqual([
      { name: "_region", secret: false, description: "Where", updatedAt: 7, revision: expect.any(String) },
      { name: "STRIPE_KEY", secret: true, description: "", updatedAt: 7, revision: expect.any(String) },
    ]);
    expect(await later.getState().all()).toEqual({ STRIPE_KEY: "sk-1234", _region: "" });
    expect(await later.getState().forRun()).toEqual({
      values: { STRIPE_KEY: "sk-1234", _region: "" },
      secrets: [{ name: "env.STRIPE_KEY", value: "sk-1234" }],
    });
    expect(await later.getState().readValue("STRIPE_KEY")).toBe("sk-1234");
  });

  it("have case-sensitive names", async () => {
    const { set, all } = storeOf().getState();
    await set({ ...variable, name: "Key", value: "one" });
    await set({ ...variable, name: "KEY", value: "two" });
    expect(await all()).toEqual({ Key: "one", KEY: "two" });
  });

  it("are refused with a name or a value against the rules", async () => {
    const { set } = storeOf().getState();
    for (const name of ["", "1A", "A-B", "A B", "ä"]) {
      await expect(set({ ...variable, name, value: "x" })).rejects.toThrow(VariableRefused);
    }
    await expect(set({ ...variable, name: "A", value: "ä".repeat(32_769) })).rejects.toThrow(/at most 64 KB/);
    await set({ ...variable, name: "A", value: "ä".repeat(32_768) });
    expect(repository.stored.size).toBe(1);
  });

  it("keep their value when only the rest is changed, and never become visible by that", async () => {
    const { set, readValue } = storeOf().getState();
    await set({ ...variable, name: "A", value: "secret" });
    await set({ name: "A", value: null, secret: true, description: "changed" });
    expect(await readValue("A")).toBe("secret");
    await expect(set({ name: "A", value: null, secret: false, description: "" })).rejects.toThrow(/anew/);
    await set({ name: "A", value: "open", secret: false, description: "" });
    await set({ name: "A", value: null, secret: true, description: "" });
    expect(await readValue("A")).toBe("open");
    await expect(set({ ...variable, name: "B", value: null })).rejects.toThrow(RecordMissing);
  });

  it("are renamed with their value, but not onto another one", async () => {
    const store = storeOf();
    const { set, rename, all } = store.getState();
    await set({ ...variable, name: "A", value: "a" });
    await set({ ...variable, name: "B", value: "b" });
    await rename("A", "C");
    expect(await all()).toEqual({ B: "b", C: "a" });
    await expect(rename("C", "B")).rejects.toThrow(/already/);
    await expect(rename("C", "2")).rejects.toThrow(VariableRefused);
    expect(store.getState().variables.map(({ name }) => name)).toEqual(["B", "C"]);
  });

  it("come back after they were removed", async () => {
    const { set, remove, restore, all } = storeOf().getState();
    await set({ ...variable, name: "A", value: "a" });
    await remove("A");
    expect(await all()).toEqual({});
    await restore("A");
    expect(await all()).toEqual({ A: "a" });
  });

  it("say which of them can't be read with another key", async () => {
    await storeOf()
      .getState()
      .set({ ...variable, name: "OLD", value: "a" });
    vault = await openVault(memoryKeys());
    const store = storeOf();
    await store.getState().set({ ...variable, name: "NEW", value: "b" });
    await expect(store.getState().forRun()).rejects.toThrow(VaultLocked);
    await expect(store.getState().all()).rejects.toThrow(/The variable OLD can't be read/);
    await store.getState().set({ ...variable, name: "OLD", value: "again" });
    expect(await store.getState().all()).toEqual({ OLD: "again", NEW: "b" });
  });
});
