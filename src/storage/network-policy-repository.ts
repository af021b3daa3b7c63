import type { NetworkPolicyRecord } from "../runs/index.ts";
import type { ChangeHub } from "./change-hub.ts";
import { networkPolicyCodec } from "./record-codecs.ts";
import { StorageError } from "./storage-error.ts";
import type { Database, Table } from "./tables.ts";
import type { NetworkPolicyRepository } from "./types.ts";

const table = "networkPolicies";

export function createNetworkPolicyRepository(database: Database, hub: ChangeHub): NetworkPolicyRepository {
  return {
    get: (id) =>
      database.transaction([table], "readonly", async (tables) => read(await tables(table).get(id))),
    async update(id, change) {
      const { before, after } = await database.transaction([table], "readwrite", async (tables) => {
        const stored = read(await tables(table).get(id));
        const changed = change(stored);
        if (changed !== stored) await tables(table).put(id, networkPolicyCodec.write(changed));
        return { before: stored, after: changed };
      });
      if (after !== before) hub.publish({ table, id, revision: null });
      return after;
    },
    async untrusted() {
      const rows = await database.transaction([table], "readonly", (tables) => tables(table).entries());
      const isTrusted = (raw: unknown) => {
        const stored = networkPolicyCodec.read(raw);
        return stored.kind === "ok" && stored.value.trusted;
      };
      return new Set(rows.flatMap(([id, raw]) => (isTrusted(raw) ? [] : [id])));
    },
    onChange: (listener) => hub.subscribe(table, ({ id }) => listener(id)),
  };
}

/**
 * Gives a workflow that is stored under another id the policy of the one that it comes from. Where there is none any more,
 * nobody knows whether that one was trusted: then it is not.
 */
export async function inheritPolicy(
  policies: Table,
  from: { readonly id: string; readonly isStored: boolean },
  to: string,
): Promise<void> {
  const raw = await policies.get(from.id);
  if (raw === undefined && from.isStored) return;
  const stored = networkPolicyCodec.read(raw);
  const inherited = stored.kind === "ok" ? stored.value : { trusted: false, hosts: [], secrets: [] };
  await policies.put(to, networkPolicyCodec.write({ ...inherited, id: to }));
}

function read(raw: unknown): NetworkPolicyRecord | null {
  if (raw === undefined) return null;
  const stored = networkPolicyCodec.read(raw);
  if (stored.kind === "ok") return stored.value;
  throw new StorageError(
    "read-only",
    "What this workflow may do on the network was stored by a newer version of Runnel or is damaged. It is kept as it is.",
  );
}
