import { describe, expect, test } from "vitest";
import type { SaveResult, Storage } from "../types.ts";
import { renamed, type StorageTest, workflowNamed } from "./setup.ts";

const saved = (result: SaveResult): number => {
  if (result.kind !== "saved") throw new Error(JSON.stringify(result));
  return result.revision;
};

export function testUnsaved({ browser, storage, openTab, workflowCodec }: StorageTest): void {
  describe("what a page leaves unsaved", () => {
    const first = workflowNamed("First");
    const mine = { ...first, steps: first.steps.map((step) => ({ ...step, code: "mine" })) };
    const listOf = async (tab: Storage) => (await tab.workflows.list()).map(({ name }) => name).sort();

    test("is stored by the next one, once", async () => {
      const revision = saved(await storage().workflows.save(first, 0));
      expect(storage().workflows.keepUnsaved(mine, revision)).toBe(true);
      const tab = await openTab();
      expect(await tab.workflows.load(first.id)).toEqual({ kind: "ok", workflow: mine, revision: 2 });
      expect(browser().shelf.entries()).toEqual([]);
      expect(await storage().workflows.save(mine, revision)).toEqual({ kind: "saved", revision: 2 });
    });

    test("is stored where the workflow never was", async () => {
      storage().workflows.keepUnsaved(mine, 0);
      expect(await (await openTab()).workflows.load(first.id)).toEqual({
        kind: "ok",
        workflow: mine,
        revision: 1,
      });
    });

    test("is forgotten when the page stores something later after all", async () => {
      const revision = saved(await storage().workflows.save(first, 0));
      storage().workflows.keepUnsaved(mine, revision);
      const [entry] = browser().shelf.entries();
      const later = renamed(mine, "Later");
      await storage().workflows.save(later, revision);
      expect(browser().shelf.entries()).toEqual([]);
      // Even where the page went away between the two.
      browser().shelf.put(entry?.[0] ?? "", entry?.[1] ?? "");
      const tab = await openTab();
      expect(await tab.workflows.load(first.id)).toEqual({ kind: "ok", workflow: later, revision: 2 });
      expect(browser().shelf.entries()).toEqual([]);
    });

    test("is not forgotten when a write ends that began before", async () => {
      const revision = saved(await storage().workflows.save(first, 0));
      const writing = storage().workflows.save(renamed(first, "On its way"), revision);
      storage().workflows.keepUnsaved(mine, revision);
      await writing;
      expect(await (await openTab()).workflows.load(first.id)).toMatchObject({ workflow: mine, revision: 3 });
    });

    test("becomes a workflow of its own where another tab stored something else", async () => {
      const revision = saved(await storage().workflows.save(first, 0));
      storage().workflows.keepUnsaved(mine, revision);
      await browser().plant("workflows", first.id, {
        revision: 5,
        createdAt: 1,
        updatedAt: 2,
        writer: { tab: "another", write: 1 },
        document: workflowCodec.write(renamed(first, "Theirs")),
      });
      const tab = await openTab();
      expect(await listOf(tab)).toEqual(["First (recovered)", "Theirs"]);
      const recovered = (await tab.workflows.list()).find(({ name }) => name === "First (recovered)");
      const loaded = await tab.workflows.load(recovered?.id ?? "");
      expect(loaded).toMatchObject({ kind: "ok", workflow: { steps: mine.steps } });
      expect(await listOf(await openTab())).toEqual(["First (recovered)", "Theirs"]);
    });

    test("becomes a workflow of its own where another tab deleted it", async () => {
      const revision = saved(await storage().workflows.save(first, 0));
      const tab = await openTab();
      await tab.workflows.delete(first.id);
      storage().workflows.keepUnsaved(mine, revision);
      expect(await listOf(await openTab())).toEqual(["First (recovered)"]);
    });

    test("of two pages is kept for both", async () => {
      const revision = saved(await storage().workflows.save(first, 0));
      const tab = await openTab();
      storage().workflows.keepUnsaved(mine, revision);
      tab.workflows.keepUnsaved(renamed(first, "Other"), revision);
      const names = await listOf(await openTab());
      expect(names).toHaveLength(2);
      expect(names).toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^(First|Other)$/),
          expect.stringMatching(/recovered/),
        ]),
      );
    });

    test("can be dropped", async () => {
      await storage().workflows.save(first, 0);
      storage().workflows.keepUnsaved(mine, 1);
      storage().workflows.dropUnsaved(first.id);
      expect(await (await openTab()).workflows.load(first.id)).toMatchObject({
        workflow: first,
        revision: 1,
      });
    });

    test("and can't be read stays where it is", async () => {
      browser().shelf.put("a/b", "not JSON");
      browser().shelf.put(
        "c/d",
        JSON.stringify({ baseRevision: 1, writer: { tab: "t", write: 1 }, document: {} }),
      );
      expect(await listOf(await openTab())).toEqual([]);
      expect(browser().shelf.entries()).toHaveLength(2);
    });
  });
}
