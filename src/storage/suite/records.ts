import { describe, expect, test, vi } from "vitest";
import type { StorageTest } from "./setup.ts";

export function testRecords({ browser, storage, openTab }: StorageTest): void {
  describe("records", () => {
    const account = (id: string, name = "Acme") => ({
      id,
      app: "slack",
      name,
      fields: { iv: "i", data: "d" },
      createdAt: 1,
      lastUsedAt: 2,
    });

    test("are stored, replaced, listed, deleted", async () => {
      await storage().accounts.put(account("a"));
      await storage().accounts.put(account("b"));
      await storage().accounts.put(account("a", "New"));
      const tab = await openTab();
      expect(await tab.accounts.get("a")).toEqual(account("a", "New"));
      expect(await tab.accounts.list()).toEqual([account("a", "New"), account("b")]);
      await tab.accounts.delete("a");
      expect(await storage().accounts.get("a")).toBeNull();
      expect(await storage().variables.list()).toEqual([]);
    });

    test("tell who listens, in other tabs too", async () => {
      const tab = await openTab();
      const [here, there, elsewhere] = [vi.fn(), vi.fn(), vi.fn()];
      storage().accounts.onChange(here);
      storage().variables.onChange(elsewhere);
      tab.accounts.onChange(there);
      await storage().accounts.put(account("a"));
      await storage().accounts.delete("a");
      expect(here).toHaveBeenCalledTimes(2);
      await vi.waitFor(() => expect(there).toHaveBeenCalledTimes(2));
      expect(elsewhere).not.toHaveBeenCalled();
    });

    test.each([
      ["damaged", "??"],
      ["of a newer version", { format: "runnel.variable", version: 99, data: { id: "KEY" } }],
    ])("%s: are not listed and not overwritten", async (_, raw) => {
      await browser().plant("variables", "KEY", raw);
      const variable = (id: string) => ({
        id,
        value: { iv: "i", data: "d" },
        secret: true,
        description: "",
        updatedAt: 1,
      });
      await storage().variables.put(variable("OTHER"));
      expect(await storage().variables.list()).toEqual([variable("OTHER")]);
      expect(await storage().variables.get("KEY")).toBeNull();
      await expect(storage().variables.put(variable("KEY"))).rejects.toMatchObject({ reason: "read-only" });
      expect(await browser().peek("variables", "KEY")).toEqual(raw);
    });
  });

  test("the vault's key is the one that was stored first, and can't be exported", async () => {
    const makeKey = () =>
      crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const [first, second] = [await makeKey(), await makeKey()];
    expect(await storage().keys.get()).toBeNull();
    await storage().keys.put(first);
    const tab = await openTab();
    await tab.keys.put(second);
    const stored = await tab.keys.get();
    if (stored === null) throw new Error("no key");
    const algorithm = { name: "AES-GCM", iv: new Uint8Array(12) };
    const sealed = await crypto.subtle.encrypt(algorithm, first, new TextEncoder().encode("secret"));
    expect(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, stored, sealed))).toBe("secret");
    await expect(crypto.subtle.exportKey("raw", stored)).rejects.toThrow();
  });
}
