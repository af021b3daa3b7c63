// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newWorkflow, setEventText, setSchedule, setTriggerKind, setTriggerRuns } from "../workflow/index.ts";
import { beyondBounds } from "./events.ts";
import { httpWorkflow, type TriggerWorld, triggerWorld } from "./testing/world.ts";
import type { EventRecord } from "./types.ts";

const record = (eventId: string, at: number, text = "{}"): EventRecord => ({
  id: `w ${eventId}`,
  workflowId: "w",
  eventId,
  kind: "manual",
  at,
  title: eventId,
  text,
});

test("the newest hundred events are kept, within a size, the newest always", () => {
  const many = Array.from({ length: 103 }, (_, index) => record(`e${index}`, index));
  expect(beyondBounds(many).map(({ eventId }) => eventId)).toEqual(["e2", "e1", "e0"]);
  const large = "x".repeat(15 * 1024 * 1024);
  expect(
    beyondBounds([record("old", 1, large), record("new", 2, large)]).map(({ eventId }) => eventId),
  ).toEqual(["old"]);
  expect(beyondBounds([record("only", 1, large + large)])).toEqual([]);
});

describe("earlier events", () => {
  let world: TriggerWorld;
  beforeEach(async () => {
    world = await triggerWorld();
  });
  afterEach(() => world.close());

  test("fact 7: what the person has typed and run is one of them; the same text is the same event", async () => {
    const open = world.open(setEventText(newWorkflow(), '{"a": 1}'));
    await expect.poll(() => open.store.getState().events).toEqual([]);
    const facts = open.eventFacts();
    expect(facts).toMatchObject({ emitterId: "manual", replay: false });
    expect(open.eventFacts()).toEqual(facts);
    await expect
      .poll(() => world.storage.events.listFor(open.document.getState().workflow.id))
      .toHaveLength(1);
    open.document.getState().apply((workflow) => setEventText(workflow, "{"));
    expect(open.eventFacts()).toBeNull();
  });

  test("are picked, run again with replay true, and deleted", async () => {
    const workflow = httpWorkflow();
    const add = (eventId: string, at: number, text: string) =>
      world.storage.events.add(
        {
          ...record(eventId, at, text),
          id: `${workflow.id} ${eventId}`,
          workflowId: workflow.id,
          kind: "http",
        },
        () => [],
      );
    await add("old", 1, '{"n": 1}');
    await add("new", 2, '{"n": 2}');
    const open = world.open(workflow);
    const { store, document } = open;
    await expect.poll(() => store.getState().events?.map(({ eventId }) => eventId)).toEqual(["new", "old"]);
    store.getState().select("old");
    expect(document.getState().workflow.trigger.eventText).toBe('{"n": 1}');
    expect(open.eventFacts()).toMatchObject({ id: "old", replay: false });
    document.getState().undo();
    expect(document.getState().workflow.trigger.eventText).toBe("{}");
    await store.getState().replay("new");
    expect(open.runs).toMatchObject([
      { eventText: '{"n": 2}', facts: { id: "new", replay: true, ts: "1970-01-01T00:00:00.002Z" } },
    ]);
    await store.getState().remove("old");
    await expect.poll(() => store.getState().events?.map(({ eventId }) => eventId)).toEqual(["new"]);
    expect(open.problems).toEqual([]);
  });

  test("a schedule runs the workflow while it is open, in one tab only, and says what was passed over", async () => {
    const base = setTriggerKind(newWorkflow(), "schedule");
    const workflow = setTriggerRuns(setSchedule(base, { kind: "interval", seconds: 1 }), true);
    const open = world.open(workflow);
    const tab = world.open(workflow);
    await expect.poll(() => open.runs.length, { timeout: 5000 }).toBeGreaterThan(0);
    expect(JSON.parse(open.runs[0]?.eventText ?? "")).toMatchObject({ interval_seconds: 1 });
    expect(open.runs[0]?.facts).toMatchObject({ emitterId: `schedule_${workflow.id}` });
    expect(open.store.getState().schedule.due).toHaveLength(3);
    await expect.poll(() => tab.store.getState().schedule.elsewhere).toBe(true);
    expect(tab.runs).toEqual([]);
    const endByHand = open.runByHand();
    await expect
      .poll(() => open.store.getState().schedule.skipped, { timeout: 5000 })
      .toMatchObject({ why: "busy" });
    endByHand();
    open.close();
    await expect.poll(() => tab.runs.length, { timeout: 5000 }).toBeGreaterThan(0);
    tab.document.getState().apply((current) => setTriggerRuns(current, false));
    expect(tab.store.getState().schedule.skipped).toBeNull();
  });
});
