import { describe, expect, test, vi } from "vitest";
import type { EventRecord } from "../../triggers/index.ts";
import { type StorageTest, workflowNamed } from "./setup.ts";

export function testEvents({ storage, openTab }: StorageTest): void {
  const event = (workflowId: string, eventId: string, at = 1): EventRecord => ({
    id: `${workflowId} ${eventId}`,
    workflowId,
    eventId,
    kind: "http",
    at,
    title: "POST /",
    text: "{}",
  });

  describe("earlier events", () => {
    test("are each workflow's own, once each, and the ones that are too many go with the new one", async () => {
      const { events } = storage();
      expect(await events.add(event("a", "1"), () => [])).toBe(true);
      expect(await events.add({ ...event("a", "1"), text: "other" }, () => [])).toBe(false);
      expect(await events.add(event("b", "1"), () => [])).toBe(true);
      expect(await events.add(event("a", "2", 2), (all) => all.filter(({ at }) => at < 2))).toBe(true);
      expect(await events.listFor("a")).toEqual([event("a", "2", 2)]);
      expect(await events.listFor("b")).toEqual([event("b", "1")]);
      await events.delete("a 2");
      expect(await events.listFor("a")).toEqual([]);
    });

    test("are told to other tabs", async () => {
      const tab = await openTab();
      const told = vi.fn();
      tab.events.onChange(told);
      await storage().events.add(event("a", "1"), () => []);
      await vi.waitFor(() => expect(told).toHaveBeenCalledWith("a"));
    });
  });

  describe("the token of a workflow's address", () => {
    test("is made once, also where two tabs ask for it", async () => {
      const tab = await openTab();
      const tokens = await Promise.all([
        storage().hookTokens.tokenOf("a", () => "first"),
        tab.hookTokens.tokenOf("a", () => "second"),
      ]);
      expect(tokens[0]).toBe(tokens[1]);
      await storage().hookTokens.replace("a", "third");
      expect(await tab.hookTokens.list()).toEqual([{ id: "a", token: "third" }]);
    });

    test("goes with the workflow, as its events do, and comes back with it", async () => {
      const first = workflowNamed("First");
      await storage().workflows.save(first, 0);
      await storage().events.add(event(first.id, "1"), () => []);
      await storage().hookTokens.tokenOf(first.id, () => "token");
      await storage().workflows.delete(first.id);
      expect([await storage().events.listFor(first.id), await storage().hookTokens.list()]).toEqual([[], []]);
      await storage().workflows.restore(first.id);
      expect(await storage().events.listFor(first.id)).toEqual([event(first.id, "1")]);
      expect(await storage().hookTokens.list()).toEqual([{ id: first.id, token: "token" }]);
    });
  });
}
