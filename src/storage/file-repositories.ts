import type { Database } from "./tables.ts";
import type { BlobRepository, KeyRepository } from "./types.ts";

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

export function createBlobRepository(database: Database): BlobRepository {
  return {
    async get(version, names) {
      const blobs = await database.transaction(["blobs"], "readonly", (table) =>
        Promise.all(names.map((name) => table("blobs").get(`${version} ${name}`))),
      );
      const found = names.flatMap((name, index) => {
        const blob = blobs[index];
        return blob instanceof Blob ? [[name, blob] as const] : [];
      });
      return found.length === names.length ? new Map(found) : null;
    },
    async put(version, blobs) {
      await database.transaction(["blobs"], "readwrite", async (table) => {
        await table("blobs").clear();
        for (const [name, blob] of blobs) await table("blobs").put(`${version} ${name}`, blob);
      });
    },
  };
}
