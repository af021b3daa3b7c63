import { afterEach, describe, expect, it, vi } from "vitest";
import type { KeyRepository } from "../storage/index.ts";
import { memoryKeys } from "./testing.ts";
import { openVault, VaultLocked, VaultUnavailable } from "./vault.ts";

afterEach(() => vi.unstubAllGlobals());

describe("the vault", () => {
  it("gives back what was sealed, also in a later visit", async () => {
    const keys = memoryKeys();
    const sealed = await (await openVault(keys)).seal("xoxb-ünï-🔑\uFEFF\n");
    expect(await (await openVault(keys)).open(sealed)).toBe("xoxb-ünï-🔑\uFEFF\n");
    expect(await (await openVault(keys)).open(await (await openVault(keys)).seal(""))).toBe("");
  });

  it("keeps nothing readable in what is sealed, and seals the same text differently each time", async () => {
    const vault = await openVault(memoryKeys());
    const [one, two] = [await vault.seal("top-secret"), await vault.seal("top-secret")];
    expect(atob(one.data)).not.toContain("top-secret");
    expect(one.iv).not.toBe(two.iv);
    expect(one.data).not.toBe(two.data);
  });

  it("makes a key that can't be exported", async () => {
    const keys = memoryKeys();
    await openVault(keys);
    const key = keys.stored();
    if (key === null) throw new Error("No key was stored.");
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("is one for two tabs that make the key at once, without locks too: the stored one wins", async () => {
    for (const locks of [navigator.locks, undefined]) {
      vi.stubGlobal("navigator", { locks });
      const keys = memoryKeys();
      const [one, two] = await Promise.all([openVault(keys), openVault(keys)]);
      expect(await two.open(await one.seal("from one"))).toBe("from one");
      expect(await (await openVault(keys)).open(await two.seal("from two"))).toBe("from two");
    }
  });

  it("says so where the key is another one, and where what was sealed has changed", async () => {
    const vault = await openVault(memoryKeys());
    const sealed = await vault.seal("value");
    const other = await openVault(memoryKeys());
    await expect(other.open(sealed)).rejects.toThrow(VaultLocked);
    await expect(other.open(sealed)).rejects.toThrow(/no longer has/);
    for (const broken of [
      { ...sealed, data: "" },
      { ...sealed, data: "%%" },
      { iv: "AAAA", data: sealed.data },
    ]) {
      await expect(vault.open(broken)).rejects.toThrow(VaultLocked);
    }
  });

  it("says so where no key can be kept", async () => {
    const failing: KeyRepository = {
      get: () => Promise.reject(new Error("storage is blocked")),
      put: () => Promise.resolve(),
    };
    await expect(openVault(failing)).rejects.toThrow(VaultUnavailable);
    await expect(openVault(failing)).rejects.toThrow(/storage is blocked/);
  });

  it("refuses a stored key of another kind", async () => {
    const { privateKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, [
      "sign",
    ]);
    await expect(openVault(memoryKeys(privateKey))).rejects.toThrow(/not one of Runnel's/);
  });

  it("says so on a page without Web Crypto", async () => {
    vi.stubGlobal("crypto", {});
    await expect(openVault(memoryKeys())).rejects.toThrow(/not a secure one/);
  });
});
