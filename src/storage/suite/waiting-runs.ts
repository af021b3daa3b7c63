import { describe, expect, test, vi } from "vitest";
import type { WaitingRun } from "../../runs/index.ts";
import { type StorageTest, workflowNamed } from "./setup.ts";

export function testWaitingRuns({ browser, storage, openTab }: StorageTest): void {
  describe("runs that wait", () => {
    const waiting = (workflowId: string, runId: string): WaitingRun => ({
      id: `${workflowId} ${runId}`,
      workflowId,
      runId,
      runKind: "workflow",
      kind: "rerun",
      stepId: "s1",
      stepStartedAt: 1,
      plannedIds: ["s1", "s2"],
      stepIds: ["s1", "s2"],
      since: 2,
      due: 3,
      triggerJson: '{"event":{}}',
      exports: { s0: '{"$return_value":1}' },
      rerun: { runs: 2, context: "null", maxRetries: 10 },
      address: { hook: "h", resume: "r", cancel: "c" },
    });

    test("are kept, and told to all tabs", async () => {
      const told = vi.fn();
      const tab = await openTab();
      tab.waitingRuns.onChange(told);
      await storage().waitingRuns.put(waiting("w1", "r1"));
      await storage().waitingRuns.put(waiting("w1", "r2"));
      await storage().waitingRuns.put(waiting("w12", "r3"));
      expect(await tab.waitingRuns.listFor("w1")).toEqual([waiting("w1", "r1"), waiting("w1", "r2")]);
      expect(await tab.waitingRuns.counts()).toEqual(
        new Map([
          ["w1", 2],
          ["w12", 1],
        ]),
      );
      await vi.waitFor(() => expect(told.mock.calls).toEqual([["w1"], ["w1"], ["w12"]]));
    });

    test.each(["step", "up-to", "from", "workflow"] as const)(
      "of the kind %s are read again",
      async (runKind) => {
        const run = { ...waiting("w1", "r1"), runKind };
        await storage().waitingRuns.put(run);
        expect(await storage().waitingRuns.listFor("w1")).toEqual([run]);
      },
    );

    test("are given to one caller only", async () => {
      const tab = await openTab();
      await storage().waitingRuns.put(waiting("w1", "r1"));
      const taken = await Promise.all(
        [storage(), tab, storage()].map(({ waitingRuns }) => waitingRuns.take("w1 r1")),
      );
      expect(taken.filter((run) => run !== null)).toEqual([waiting("w1", "r1")]);
      expect(await tab.waitingRuns.counts()).toEqual(new Map());
    });

    test("of a newer version stay as they are", async () => {
      const raw = { format: "runnel.waiting-run", version: 99, data: { id: "w1 r1" } };
      await browser().plant("waitingRuns", "w1 r1", raw);
      expect(await storage().waitingRuns.take("w1 r1")).toBeNull();
      expect(await storage().waitingRuns.listFor("w1")).toEqual([]);
      expect(await browser().peek("waitingRuns", "w1 r1")).toEqual(raw);
    });

    test("go with their workflow, and come back with it", async () => {
      const workflow = workflowNamed("First");
      await storage().workflows.save(workflow, 0);
      await storage().waitingRuns.put(waiting(workflow.id, "r1"));
      await storage().workflows.delete(workflow.id);
      expect(await storage().waitingRuns.listFor(workflow.id)).toEqual([]);
      await storage().workflows.restore(workflow.id);
      expect(await storage().waitingRuns.listFor(workflow.id)).toEqual([waiting(workflow.id, "r1")]);
    });
  });
}
