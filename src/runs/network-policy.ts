import { createStore, type StoreApi } from "zustand/vanilla";
import type { NetworkPolicyRecord, NetworkPolicyState } from "./network-policy-types.ts";
import {
  emptyPolicy,
  withHost,
  withoutHost,
  withoutSecret,
  withPersonsHost,
  withSecretRule,
} from "./network-rules.ts";

/** Where policies are stored, by workflow id. */
export interface NetworkPolicyStorage {
  /** Null where none is stored; rejects where what is stored can't be read. */
  get(id: string): Promise<NetworkPolicyRecord | null>;
  update(
    id: string,
    change: (stored: NetworkPolicyRecord | null) => NetworkPolicyRecord,
  ): Promise<NetworkPolicyRecord>;
  onChange(listener: (id: string) => void): () => void;
}

type Change = (record: NetworkPolicyRecord) => NetworkPolicyRecord;

/** The policy of one workflow: a store for who looks at it, and what a run does with it. */
export interface NetworkPolicy extends StoreApi<NetworkPolicyState> {
  /** Resolves once it is read, or can't be: then the workflow is not trusted. */
  ready(): Promise<void>;
  /** Changes it here at once, and what is stored on top of what other tabs have stored. */
  change(change: Change): void;
  /** Stores it where it is not stored any more: the workflow was deleted elsewhere and is stored anew here. */
  keep(): Promise<void>;
}

export interface NetworkPolicies {
  of(workflowId: string): NetworkPolicy;
  /** For a workflow that comes from elsewhere, before it is stored. Rejects where that can't be stored. */
  markUntrusted(workflowId: string): Promise<void>;
  /** Gives a copy the policy of its original, before it is stored. */
  copy(fromId: string, toId: string): Promise<void>;
}

export interface NetworkPoliciesDeps {
  readonly repository: NetworkPolicyStorage;
  /** A change could not be stored; it holds in this page until a reload. */
  readonly onStoreFailure: (message: string) => void;
}

/** What each workflow may do on the network. Kept apart from the documents, so that no imported file brings its own. */
export function createNetworkPolicies({ repository, onStoreFailure }: NetworkPoliciesDeps): NetworkPolicies {
  const policies = new Map<string, ReturnType<typeof createPolicy>>();
  repository.onChange((id) => policies.get(id)?.reload());
  return {
    of(workflowId) {
      const policy = policies.get(workflowId) ?? createPolicy(workflowId, repository, onStoreFailure);
      policies.set(workflowId, policy);
      return policy;
    },
    async markUntrusted(workflowId) {
      await repository.update(workflowId, (stored) => ({
        ...(stored ?? emptyPolicy(workflowId)),
        trusted: false,
      }));
    },
    async copy(fromId, toId) {
      const original = await repository.get(fromId);
      if (original) await repository.update(toId, () => ({ ...original, id: toId }));
    },
  };
}

function createPolicy(
  id: string,
  repository: NetworkPolicyStorage,
  onStoreFailure: (message: string) => void,
): NetworkPolicy & { reload(): void } {
  let record = emptyPolicy(id);
  /** Writes that are on their way; what is stored without them is not shown. */
  let writing = 0;
  let reads = 0;
  const store = createStore<NetworkPolicyState>(() => ({
    ...view(record),
    loaded: false,
    setHost: (host, port, decision) => change((old) => withPersonsHost(old, host, port, decision)),
    removeHost: (host, port) => change((old) => withoutHost(old, host, port)),
    restoreHost: (rule) => change((old) => withHost(old, rule)),
    restoreSecret: (rule) => change((old) => withSecretRule(old, rule)),
    removeSecret: (secret, host) => change((old) => withoutSecret(old, secret, host)),
    setTrusted: (trusted) => change((old) => (old.trusted === trusted ? old : { ...old, trusted })),
  }));

  function show(next: NetworkPolicyRecord): void {
    record = next;
    store.setState({ ...view(next), loaded: true });
  }

  async function read(): Promise<void> {
    reads += 1;
    const current = reads;
    try {
      const stored = await repository.get(id);
      if (current !== reads || writing > 0) return;
      // Deleted with its workflow, which may be stored anew from here: nobody has said that it is trusted.
      if (stored) show(stored);
      else store.setState({ loaded: true });
    } catch {
      if (current === reads && !store.getState().loaded) show({ ...record, trusted: false });
    }
  }

  function change(make: Change): void {
    if (!store.getState().loaded) {
      void ready().then(() => change(make));
      return;
    }
    const changed = make(record);
    if (changed === record) return;
    show(changed);
    // Where it was deleted elsewhere, what is known here is the list that is changed.
    void write((stored) => (stored ? make(stored) : changed));
  }

  async function write(make: (stored: NetworkPolicyRecord | null) => NetworkPolicyRecord): Promise<void> {
    writing += 1;
    let isStored = false;
    try {
      await repository.update(id, make);
      isStored = true;
    } catch (error) {
      onStoreFailure(
        `The change of Network access could not be stored and holds until a reload: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      writing -= 1;
    }
    // What other tabs have stored meanwhile is in it.
    if (isStored && writing === 0) reload();
  }

  function reload(): void {
    if (writing === 0) latest = read();
  }

  async function ready(): Promise<void> {
    while (!store.getState().loaded) await latest;
  }

  let latest = read();
  return {
    ...store,
    ready,
    change,
    async keep() {
      await ready();
      const { trusted, hosts, secrets } = record;
      if (trusted && hosts.length === 0 && secrets.length === 0) return;
      await repository.update(id, (stored) => stored ?? record);
    },
    reload,
  };
}

function view({ trusted, hosts, secrets }: NetworkPolicyRecord) {
  return { trusted, hosts, secrets };
}
