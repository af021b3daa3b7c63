import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { createEnvironmentStore } from "../environment/index.ts";
import { openIndexedDbStorage, openMemoryStorage } from "../storage/index.ts";
import { createMemoryBrowser } from "../storage/open-storage.ts";
import { openVault } from "../vault/index.ts";
import { workflowCodec } from "../workflow/index.ts";
import { createAccountStore } from "./account-store.ts";

const browser = createMemoryBrowser();
const KINDS = [
  ["IndexedDB", () => openIndexedDbStorage({ workflowCodec, dbName: "accounts-test" })],
  ["its twin in memory", () => openMemoryStorage({ workflowCodec, browser })],
] as const;

describe.each(KINDS)("two tabs on %s", (_, open) => {
  async function tab() {
    const storage = await open();
    const vault = await openVault(storage.keys);
    return {
      storage,
      accounts: createAccountStore({ repository: storage.accounts, vault }),
      environment: createEnvironmentStore({ repository: storage.variables, vault }),
    };
  }

  it("opened at once share one key, and see each other's accounts and variables", async () => {
    const [one, two] = await Promise.all([tab(), tab()]);
    const { id } = await one.accounts
      .getState()
      .connect({ app: "slack", name: "Acme", fields: { token: "xoxb-1" } });
    await two.environment.getState().set({ name: "KEY", value: "v-123", secret: true, description: "" });

    await vi.waitFor(() => expect(two.accounts.getState().accounts).toHaveLength(1));
    expect(await two.accounts.getState().fieldsOf(id)).toEqual({ token: "xoxb-1" });
    await vi.waitFor(() => expect(one.environment.getState().variables).toHaveLength(1));
    expect(await one.environment.getState().all()).toEqual({ KEY: "v-123" });

    const stored = JSON.stringify([await one.storage.accounts.list(), await one.storage.variables.list()]);
    expect(stored).not.toMatch(/xoxb|v-123/);
    const later = await tab();
    expect(await later.accounts.getState().fieldsOf(id)).toEqual({ token: "xoxb-1" });
  });
});
