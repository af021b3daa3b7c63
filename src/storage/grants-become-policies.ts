import type { IDBPDatabase, IDBPTransaction } from "idb";
import * as z from "zod";
import { normalizeHost, rangeOfHost } from "../lib/host-range.ts";

/** Version 1 of `runnel.network-grant`: an answer to *Allow network access?* */
const grantSchema = z.object({
  data: z.object({
    workflowId: z.string(),
    host: z.string(),
    port: z.number(),
    decision: z.enum(["allow", "deny"]),
  }),
});

/**
 * Version 2 of the database: remembered answers become lines in their workflow's policy, version 1 of it. They were given
 * for private and loopback addresses only.
 */
export async function grantsBecomePolicies(
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], "versionchange">,
): Promise<void> {
  const policies = database.createObjectStore("networkPolicies");
  const hosts = new Map<string, object[]>();
  for (const raw of await transaction.objectStore("network-grants").getAll()) {
    const grant = grantSchema.safeParse(raw);
    if (!grant.success) continue;
    const { workflowId, port, decision } = grant.data.data;
    const host = normalizeHost(grant.data.data.host);
    const range = rangeOfHost(host) === "loopback" ? "loopback" : "private";
    const line = { host, port, range, decision, by: "person", lastUsedAt: null };
    hosts.set(workflowId, [...(hosts.get(workflowId) ?? []), line]);
  }
  for (const [id, lines] of hosts) {
    const data = { id, trusted: true, hosts: lines, secrets: [] };
    await policies.put({ format: "runnel.network-policy", version: 1, data }, id);
  }
  database.deleteObjectStore("network-grants");
}
