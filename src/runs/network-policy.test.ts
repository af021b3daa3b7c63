import { beforeEach, expect, test, vi } from "vitest";
import { createNetworkPolicies, type NetworkPolicies, type NetworkPolicyStorage } from "./network-policy.ts";
import type { NetworkPolicyRecord } from "./network-policy-types.ts";
import { emptyPolicy } from "./network-rules.ts";

/** A storage that tabs share; each is told of changes, also of its own. */
function browser() {
  const stored = new Map<string, NetworkPolicyRecord>();
  const listeners = new Set<(id: string) => void>();
  const tell = (id: string) => {
    for (const listener of listeners) listener(id);
  };
  const storage = (): NetworkPolicyStorage => ({
    get: vi.fn(async (id) => stored.get(id) ?? null),
    update: vi.fn(async (id, change) => {
      const changed = change(stored.get(id) ?? null);
      stored.set(id, changed);
      tell(id);
      return changed;
    }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return { stored, storage, tell };
}

let disk: ReturnType<typeof browser>;
let storage: NetworkPolicyStorage;
let policies: NetworkPolicies;
let problems: string[];

beforeEach(() => {
  disk = browser();
  storage = disk.storage();
  problems = [];
  policies = createNetworkPolicies({
    repository: storage,
    onStoreFailure: (message) => problems.push(message),
  });
});

const hosts = (record: Pick<NetworkPolicyRecord, "hosts"> | undefined) =>
  record?.hosts.map(({ host, decision }) => `${decision} ${host}`);

test("a workflow without a record is trusted, once it is known that there is none", async () => {
  const policy = policies.of("w1");
  expect(policy.getState()).toMatchObject({ loaded: false, hosts: [], secrets: [] });
  await policy.ready();
  expect(policy.getState()).toMatchObject({ loaded: true, trusted: true });
  expect(disk.stored.size).toBe(0);
  expect(policies.of("w1")).toBe(policy);
});

test("one that is imported is not, until the person says so", async () => {
  await policies.markUntrusted("w1");
  const policy = policies.of("w1");
  await policy.ready();
  expect(policy.getState().trusted).toBe(false);
  policy.getState().setTrusted(true);
  expect(policy.getState().trusted).toBe(true);
  await vi.waitFor(() => expect(disk.stored.get("w1")?.trusted).toBe(true));
});

test("a policy that can't be read is not trusted, and is not written over", async () => {
  vi.mocked(storage.get).mockRejectedValue(new Error("damaged"));
  vi.mocked(storage.update).mockRejectedValue(new Error("It is kept as it is."));
  const policy = policies.of("w1");
  await policy.ready();
  expect(policy.getState()).toMatchObject({ loaded: true, trusted: false });
  policy.getState().setHost("api.example", null, "allow");
  expect(hosts(policy.getState())).toEqual(["allow api.example"]);
  await vi.waitFor(() => expect(problems).toEqual([expect.stringContaining("kept as it is")]));
});

test("changes are there at once and stored, those of before it was read too", async () => {
  disk.stored.set("w1", { ...emptyPolicy("w1"), trusted: false });
  const policy = policies.of("w1");
  policy.getState().setHost("early.example", null, "deny");
  await policy.ready();
  await vi.waitFor(() => expect(hosts(policy.getState())).toEqual(["deny early.example"]));
  policy.getState().setHost("late.example", 443, "allow");
  expect(hosts(policy.getState())).toEqual(["deny early.example", "allow late.example"]);
  policy.getState().removeHost("early.example", null);
  await vi.waitFor(() => expect(hosts(disk.stored.get("w1"))).toEqual(["allow late.example"]));
  expect(disk.stored.get("w1")?.trusted).toBe(false);
});

test("tabs add to each other's lists, and see them", async () => {
  const other = createNetworkPolicies({ repository: disk.storage(), onStoreFailure: () => {} }).of("w1");
  const mine = policies.of("w1");
  await Promise.all([mine.ready(), other.ready()]);
  mine.getState().setHost("mine.example", null, "allow");
  other.getState().setHost("theirs.example", null, "deny");
  const both = ["allow mine.example", "deny theirs.example"];
  await vi.waitFor(() => {
    expect(hosts(disk.stored.get("w1"))).toEqual(both);
    expect(hosts(mine.getState())).toEqual(both);
    expect(hosts(other.getState())).toEqual(both);
  });
});

test("what was deleted elsewhere goes on here as it was, and is kept when the workflow is stored anew", async () => {
  await policies.markUntrusted("w1");
  const policy = policies.of("w1");
  await policy.ready();
  disk.stored.delete("w1");
  disk.tell("w1");
  await vi.waitFor(() => expect(storage.get).toHaveBeenCalledTimes(2));
  expect(policy.getState().trusted).toBe(false);
  await policy.keep();
  expect(disk.stored.get("w1")).toEqual({ ...emptyPolicy("w1"), trusted: false });
  const plain = policies.of("w2");
  await plain.keep();
  expect(disk.stored.has("w2")).toBe(false);
});

test("copies have what their original has; of one without a record there is nothing to copy", async () => {
  const original = policies.of("w1");
  await original.ready();
  original.getState().setHost("api.example", null, "deny");
  original.getState().setTrusted(false);
  await vi.waitFor(() => expect(disk.stored.get("w1")?.trusted).toBe(false));
  await policies.copy("w1", "w2");
  expect(disk.stored.get("w2")).toMatchObject({ id: "w2", trusted: false, hosts: [{ host: "api.example" }] });
  await policies.copy("nothing", "w3");
  expect(disk.stored.has("w3")).toBe(false);
});
