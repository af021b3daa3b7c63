import { describe, expect, test, vi } from "vitest";
import { renamed, type StorageTest, workflowNamed } from "./setup.ts";

export function testDeletion({ storage, openTab }: StorageTest): void {
  describe("deletion", () => {
    const result = (workflowId: string, stepId: string) => ({
      id: `${workflowId} ${stepId}`,
      workflowId,
      stepId,
      status: "success" as const,
      startedAt: 1,
      durationMs: 2,
      logs: [{ stream: "stdout" as const, text: "hi", at: 3 }],
      logLinesTotal: 1,
      exportsJson: "{}",
      displays: [],
      inputsJson: null,
      network: [],
      error: null,
      exitReason: null,
      fingerprint: "f",
      summary: "s",
    });
    const policy = (id: string) => ({
      id,
      trusted: false,
      hosts: [
        {
          host: "localhost",
          port: 80,
          range: "loopback" as const,
          decision: "allow" as const,
          by: "person" as const,
          lastUsedAt: null,
        },
      ],
      secrets: [],
    });

    test("takes everything of the workflow along, and undo brings it all back", async () => {
      const [first, other] = [workflowNamed("First"), workflowNamed("Other")];
      for (const { id } of [first, other]) {
        await storage().results.put(result(id, "s1"));
        await storage().networkPolicies.update(id, () => policy(id));
      }
      await storage().workflows.save(first, 0);
      await storage().workflows.save(other, 0);

      await storage().workflows.delete(first.id);
      expect((await storage().workflows.list()).map(({ name }) => name)).toEqual(["Other"]);
      expect(await storage().results.list()).toEqual([result(other.id, "s1")]);
      expect(await storage().networkPolicies.get(first.id)).toBeNull();
      expect(await storage().networkPolicies.get(other.id)).toEqual(policy(other.id));

      await storage().workflows.restore(first.id);
      expect(await storage().workflows.load(first.id)).toEqual({ kind: "ok", workflow: first, revision: 1 });
      expect(await storage().results.listFor(first.id)).toEqual([result(first.id, "s1")]);
      expect(await storage().networkPolicies.get(first.id)).toEqual(policy(first.id));
    });

    test("is told to a tab that goes on writing, which can store it anew", async () => {
      const first = workflowNamed("First");
      await storage().workflows.save(first, 0);
      const tab = await openTab();
      await tab.workflows.delete(first.id);
      const mine = renamed(first, "Mine");
      expect(await storage().workflows.save(mine, 1)).toMatchObject({ kind: "failed", reason: "deleted" });
      expect(await storage().workflows.save(mine, 0)).toEqual({ kind: "saved", revision: 1 });
      await tab.workflows.restore(first.id);
      expect(await storage().workflows.load(first.id)).toMatchObject({ workflow: mine });
    });

    test("of what isn't there changes nothing; nor can that be restored", async () => {
      const told = vi.fn();
      storage().workflows.onChange(told);
      await storage().workflows.delete("nothing");
      expect(told).not.toHaveBeenCalled();
      await expect(storage().workflows.restore("nothing")).rejects.toThrow("not deleted");
    });
  });
}
