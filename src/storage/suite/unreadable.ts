import { describe, expect, test } from "vitest";
import type { Workflow } from "../../workflow/index.ts";
import { type StorageTest, workflowNamed } from "./setup.ts";

export function testUnreadable({ browser, storage, workflowCodec }: StorageTest): void {
  describe("a workflow that can't be read", () => {
    const envelope = { format: "runnel.workflow", version: workflowCodec.version };
    const row = (document: unknown) => ({
      revision: 3,
      createdAt: 10,
      updatedAt: 20,
      writer: { tab: "t", write: 1 },
      document,
    });
    const readable = workflowNamed("Tomorrow");

    test.each<[string, unknown, string]>([
      ["cut off", row({ ...envelope, data: { name: "Half" } }), "Half"],
      ["something else", row("??"), "Unreadable workflow"],
      ["no row at all", "??", "Unreadable workflow"],
      ["nothing", null, "Unreadable workflow"],
      ["under another's id", row({ ...envelope, data: readable }), "Tomorrow"],
    ])("%s: is kept aside, listed, offered as it is, never overwritten", async (_, raw, name) => {
      await browser().plant("workflows", "bad", raw);
      expect(await storage().workflows.list()).toMatchObject([{ id: "bad", name, problem: "corrupt" }]);
      const loaded = await storage().workflows.load("bad");
      if (loaded.kind !== "corrupt") throw new Error(loaded.kind);
      expect(JSON.parse(loaded.raw)).toEqual(
        typeof raw === "object" && raw !== null && "document" in raw ? raw.document : raw,
      );
      for (const revision of [0, 1, 3])
        expect(await storage().workflows.save({ ...readable, id: "bad" }, revision)).toMatchObject({
          kind: "failed",
          reason: "read-only",
        });
      expect(await browser().peek("workflows", "bad")).toEqual(raw);
    });

    test.each<[string, Workflow | null, unknown]>([
      ["as far as it is understood", readable, { ...readable, mood: "new" }],
      ["not at all", null, { title: "No longer a name" }],
    ])("of a newer version is read %s, and never overwritten", async (_, expected, data) => {
      const raw = row({ ...envelope, version: 99, data });
      await browser().plant("workflows", readable.id, raw);
      const loaded = await storage().workflows.load(readable.id);
      expect(loaded).toMatchObject({ kind: "newer-version", version: 99, workflow: expected });
      expect(loaded.kind === "newer-version" ? JSON.parse(loaded.raw) : null).toEqual(raw.document);
      expect(await storage().workflows.list()).toMatchObject([{ problem: "newer-version", updatedAt: 20 }]);
      expect(await storage().workflows.save(readable, 3)).toMatchObject({
        kind: "failed",
        reason: "read-only",
      });
      expect(await browser().peek("workflows", readable.id)).toEqual(raw);
    });

    test("can be deleted, and brought back as it was", async () => {
      const raw = row("??");
      await browser().plant("workflows", "bad", raw);
      await storage().workflows.delete("bad");
      expect(await storage().workflows.list()).toEqual([]);
      await storage().workflows.restore("bad");
      expect(await browser().peek("workflows", "bad")).toEqual(raw);
    });
  });
}
