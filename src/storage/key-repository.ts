import type { Database } from "./tables.ts";
import type { KeyRepository } from "./types.ts";

const VAULT_KEY = "vault";

export function createKeyRepository(database: Database): KeyRepository {
  return {
    async get() {
      const key = await database.transaction(["keys"], "readonly", (table) => table("keys").get(VAULT_KEY));
      return key instanceof CryptoKey ? key : null;
    },
    async put(key) {
      await database.transaction(["keys"], "readwrite", async (table) => {
        if (!((await table("keys").get(VAULT_KEY)) instanceof CryptoKey))
          await table("keys").put(VAULT_KEY, key);
      });
    },
  };
}
