/** What the tests of this room share. */
import { createNetworkPolicies, type NetworkPolicies } from "./network-policy.ts";
import type { NetworkPolicyRecord } from "./network-policy-types.ts";

/** Policies that are stored in a map. */
export function memoryPolicies(stored: Map<string, NetworkPolicyRecord> = new Map()): NetworkPolicies {
  return createNetworkPolicies({
    repository: {
      get: async (id) => stored.get(id) ?? null,
      async update(id, change) {
        const changed = change(stored.get(id) ?? null);
        stored.set(id, changed);
        return changed;
      },
      onChange: () => () => {},
    },
    onStoreFailure: (message) => {
      throw new Error(message);
    },
  });
}
