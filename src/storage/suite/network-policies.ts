import { describe, expect, test, vi } from "vitest";
import type { NetworkPolicyRecord } from "../../runs/index.ts";
import { renamed, type StorageTest, workflowNamed } from "./setup.ts";

export function testNetworkPolicies({ browser, storage, openTab }: StorageTest): void {
  describe("network policies", () => {
    const untrusted = (id: string): NetworkPolicyRecord => ({ id, trusted: false, hosts: [], secrets: [] });
    const withHost = (record: NetworkPolicyRecord, host: string): NetworkPolicyRecord => ({
      ...record,
      hosts: [
        ...record.hosts,
        { host, port: null, range: "public", decision: "deny", by: "person", lastUsedAt: null },
      ],
    });

    test("are changed on top of what is stored, whichever tab stored it", async () => {
      const tab = await openTab();
      expect(await storage().networkPolicies.get("w1")).toBeNull();
      await Promise.all(
        ["a", "b", "c", "d"].map((host, index) =>
          (index % 2 === 0 ? storage() : tab).networkPolicies.update("w1", (stored) =>
            withHost(stored ?? untrusted("w1"), host),
          ),
        ),
      );
      const stored = await tab.networkPolicies.get("w1");
      expect(stored?.hosts.map(({ host }) => host).sort()).toEqual(["a", "b", "c", "d"]);
      expect(stored?.trusted).toBe(false);
    });

    test("tell who listens, here and in other tabs, which of them has changed", async () => {
      const tab = await openTab();
      const [here, there] = [vi.fn(), vi.fn()];
      storage().networkPolicies.onChange(here);
      tab.networkPolicies.onChange(there);
      await storage().networkPolicies.update("w1", () => untrusted("w1"));
      await storage().networkPolicies.update("w1", (stored) => stored ?? untrusted("w1"));
      expect(here.mock.calls).toEqual([["w1"]]);
      await vi.waitFor(() => expect(there.mock.calls).toEqual([["w1"]]));
    });

    test.each([
      ["damaged", { format: "runnel.network-policy", version: 1, data: { id: "w1", trusted: "yes" } }],
      ["of a newer version", { format: "runnel.network-policy", version: 99, data: untrusted("w1") }],
      ["something else", "trusted"],
    ])("that are %s are not taken for none, and not written over", async (_name, raw) => {
      await browser().plant("networkPolicies", "w1", raw);
      await expect(storage().networkPolicies.get("w1")).rejects.toMatchObject({ name: "StorageError" });
      await expect(storage().networkPolicies.update("w1", () => untrusted("w1"))).rejects.toThrow(
        "kept as it is",
      );
      expect(await browser().peek("networkPolicies", "w1")).toEqual(raw);
    });

    test("go along to a workflow that is recovered under an id of its own", async () => {
      const first = workflowNamed("First");
      await storage().networkPolicies.update(first.id, () => withHost(untrusted(first.id), "a"));
      await storage().workflows.save(first, 0);
      const tab = await openTab();
      storage().workflows.keepUnsaved(renamed(first, "Mine"), 1);
      await tab.workflows.save(renamed(first, "Theirs"), 1);
      const next = await openTab();
      const recovered = (await next.workflows.list()).find(({ name }) => name.endsWith("(recovered)"));
      expect(recovered).toBeDefined();
      expect(await next.networkPolicies.get(recovered?.id ?? "")).toEqual({
        ...withHost(untrusted(first.id), "a"),
        id: recovered?.id,
      });
    });

    test("of a workflow that was deleted before it is recovered are not known: it is not trusted", async () => {
      const first = workflowNamed("First");
      await storage().workflows.save(first, 0);
      const tab = await openTab();
      await tab.workflows.delete(first.id);
      storage().workflows.keepUnsaved(renamed(first, "Mine"), 1);
      const next = await openTab();
      const [recovered] = await next.workflows.list();
      expect(recovered?.name).toBe("Mine (recovered)");
      expect(await next.networkPolicies.get(recovered?.id ?? "")).toMatchObject({ trusted: false });
    });
  });
}
