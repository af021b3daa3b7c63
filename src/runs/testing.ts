/** What the tests of this room share. */
import { newId } from "../lib/id.ts";
import type { HookResponse, HttpEvent, OnHookRequest } from "../runtime/index.ts";
import { createNetworkPolicies, type NetworkPolicies } from "./network-policy.ts";
import type { NetworkPolicyRecord } from "./network-policy-types.ts";
import type { WaitHooks } from "./waiting/addresses.ts";
import type { WaitingRun, WaitingRunRepository } from "./waiting/types.ts";

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

/** Waiting runs that are stored in a map, which several run stores may share as tabs do. */
export function memoryWaitingRuns(stored: Map<string, WaitingRun> = new Map()): WaitingRunRepository {
  const listeners = new Set<(workflowId: string) => void>();
  const tell = (id: string) => {
    for (const listener of listeners) listener(id);
  };
  return {
    listFor: async (workflowId) => [...stored.values()].filter((run) => run.workflowId === workflowId),
    async put(run) {
      stored.set(run.id, run);
      tell(run.workflowId);
    },
    async take(id) {
      const run = stored.get(id) ?? null;
      stored.delete(id);
      if (run) tell(run.workflowId);
      return run;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A gateway whose addresses are known to one page. `listening`: tokens. */
export function memoryHooks() {
  const listening = new Map<string, OnHookRequest>();
  const hooks: WaitHooks = {
    newToken: newId,
    address: (token) => `http://gateway/hooks/${token}`,
    listen(token, onRequest) {
      listening.set(token, onRequest);
      return () => void listening.delete(token);
    },
    registered: () => Promise.resolve(),
    drop: (token) => void listening.delete(token),
  };
  /** Sends a request and gives what is answered; null where nobody listens. */
  async function send(url: string, body: unknown = null): Promise<HookResponse | null> {
    const { pathname, searchParams } = new URL(url);
    const [, , token = "", ...path] = pathname.split("/");
    const event: HttpEvent = {
      body,
      client_ip: "127.0.0.1",
      headers: {},
      method: body === null ? "GET" : "POST",
      path: `/${path.join("/")}`,
      query: Object.fromEntries(searchParams),
      url,
    };
    const answer = await listening.get(token)?.({ id: newId(), at: 0, event, isWaitedFor: () => true });
    // The real one has no answer for whoever asked about an address that is gone by then.
    if (answer && !listening.has(token)) throw new Error("The address was dropped before it was answered.");
    if (answer && "later" in answer) throw new Error("A wait answers at once.");
    return answer ?? null;
  }
  return { hooks, send, listening };
}
