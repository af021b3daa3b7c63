import { describe, expect, test, vi } from "vitest";
import { later, renamed, type StorageTest, workflowNamed } from "./setup.ts";

export function testWorkflows({ browser, storage, openTab, workflowCodec }: StorageTest): void {
  describe("workflows", () => {
    test("are stored, loaded and listed", async () => {
      const first = workflowNamed("First");
      expect(await storage().workflows.load(first.id)).toEqual({ kind: "missing" });
      expect(await storage().workflows.save(first, 0)).toEqual({ kind: "saved", revision: 1 });
      later();
      const second = workflowNamed("Second");
      await storage().workflows.save(second, 0);
      later();
      const edited = renamed(first, "First, renamed");
      expect(await storage().workflows.save(edited, 1)).toEqual({ kind: "saved", revision: 2 });

      const tab = await openTab();
      expect(await tab.workflows.load(first.id)).toEqual({ kind: "ok", workflow: edited, revision: 2 });
      const list = await tab.workflows.list();
      expect(list.map(({ name }) => name)).toEqual(["First, renamed", "Second"]);
      expect(list[0]).toMatchObject({ id: first.id, stepCount: 2, apps: ["slack", "github"], problem: null });
      expect(list[0]?.updatedAt).toBeGreaterThan(list[0]?.createdAt ?? Number.POSITIVE_INFINITY);
    });

    test("are in their envelope", async () => {
      const first = workflowNamed("First");
      await storage().workflows.save(first, 0);
      expect(await browser().peek("workflows", first.id)).toMatchObject({
        revision: 1,
        document: { format: "runnel.workflow", version: workflowCodec.version, data: first },
      });
    });

    test("are written only over the revision that was expected", async () => {
      const first = workflowNamed("First");
      await storage().workflows.save(first, 0);
      const tab = await openTab();
      const theirs = renamed(first, "Theirs");
      await tab.workflows.save(theirs, 1);
      const conflict = { kind: "conflict", revision: 2, workflow: theirs };
      expect(await storage().workflows.save(renamed(first, "Mine"), 1)).toEqual(conflict);
      expect(await storage().workflows.save(renamed(first, "Mine"), 0)).toEqual(conflict);
      expect(await storage().workflows.save(renamed(first, "Mine"), 7)).toEqual(conflict);
      expect(await storage().workflows.load(first.id)).toEqual({ kind: "ok", workflow: theirs, revision: 2 });
    });

    test("conflict with nothing that is the same", async () => {
      const first = workflowNamed("First");
      await storage().workflows.save(first, 0);
      const tab = await openTab();
      await tab.workflows.save(renamed(first, "Same"), 1);
      expect(await storage().workflows.save(renamed(first, "Same"), 1)).toEqual({
        kind: "saved",
        revision: 2,
      });
    });

    test("of writes at the same time let exactly one through", async () => {
      const first = workflowNamed("First");
      await storage().workflows.save(first, 0);
      const tab = await openTab();
      const results = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          (index % 2 === 0 ? storage() : tab).workflows.save(renamed(first, `Name ${index}`), 1),
        ),
      );
      expect(results.filter(({ kind }) => kind === "saved")).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === "conflict")).toHaveLength(5);
      expect(await storage().workflows.load(first.id)).toMatchObject({ kind: "ok", revision: 2 });
    });

    test("tell who listens, here and in other tabs", async () => {
      const tab = await openTab();
      const here: unknown[] = [];
      const there: unknown[] = [];
      storage().workflows.onChange((change) => here.push(change));
      const unsubscribe = tab.workflows.onChange((change) => there.push(change));
      const first = workflowNamed("First");
      const { id } = first;
      await storage().workflows.save(first, 0);
      await storage().workflows.save(renamed(first, "New"), 1);
      await storage().workflows.save(renamed(first, "Refused"), 1);
      await storage().workflows.delete(id);
      await storage().workflows.restore(id);
      const expected = [1, 2, null, 2];
      expect(here).toEqual(expected.map((revision) => ({ id, revision, here: true })));
      await vi.waitFor(() =>
        expect(there).toEqual(expected.map((revision) => ({ id, revision, here: false }))),
      );
      unsubscribe();
      await storage().workflows.delete(id);
      await tab.accounts.list();
      expect(there).toHaveLength(4);
    });
  });
}
