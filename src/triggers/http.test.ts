// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { setTriggerKind, setTriggerRuns } from "../workflow/index.ts";
import { httpWorkflow, type TestRun, type TriggerWorld, triggerWorld } from "./testing/world.ts";

let world: TriggerWorld;
beforeEach(async () => {
  world = await triggerWorld();
});
afterEach(() => world.close());

const RESPONDS = 'def handler(pd):\n    pd.respond({"status": 201})';
const answer = (status: number, body = "") => ({ status, headers: [], body: btoa(body) });
const bodyOf = (text: string) => (JSON.parse(text) as { body: unknown }).body;
const post = (url: string, body: string) => fetch(url, { method: "POST", body });

describe("a request to the workflow's address", () => {
  test("facts 6 and 7: becomes the selected event, is stored as an earlier one, and runs the workflow", async () => {
    const open = world.open(httpWorkflow());
    const url = await open.address();
    const response = await fetch(`${url}/orders?a=1`, { method: "PUT", body: '{"id": 1}' });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("Success!")]);
    await expect.poll(() => open.runs.length).toBe(1);
    const { eventText, facts } = open.runs[0] as TestRun;
    expect(JSON.parse(eventText)).toMatchObject({ method: "PUT", path: "/orders", query: { a: "1" } });
    const [record] = (await world.storage.events.listFor(open.document.getState().workflow.id)) ?? [];
    expect(record).toMatchObject({ kind: "http", title: "PUT /orders", text: eventText });
    expect(facts).toEqual({
      id: record?.eventId,
      ts: new Date(record?.at ?? 0).toISOString(),
      emitterId: `http_${record?.workflowId}`,
      replay: false,
    });
    // Undo brings the event back that was there before, also after several requests.
    await post(url, "next");
    await expect.poll(() => open.runs.length).toBe(2);
    open.document.getState().undo();
    expect(open.document.getState().workflow.trigger.eventText).toBe("{}");
  });

  test("fact 26: is answered by the step that answers it, once and at once", async () => {
    const runs: TestRun[] = [];
    const open = world.open(httpWorkflow(RESPONDS), { onRun: (run) => runs.push(run) });
    const sent = post(await open.address(), "x");
    await expect.poll(() => runs.length).toBe(1);
    expect(open.respond(answer(201, "made"))).toBe("sent");
    // The run goes on.
    const response = await sent;
    expect([response.status, await response.text()]).toEqual([201, "made"]);
    expect(open.respond(answer(202))).toBe("answered-before");
    runs[0]?.end();
    await expect.poll(() => open.respond(answer(200))).toBe("nobody");
  });

  test("fact 26: gets 400, as in the original, where a step could have answered and none did", async () => {
    const open = world.open(httpWorkflow(RESPONDS));
    const response = await post(await open.address(), "x");
    expect([response.status, await response.text()]).toEqual([400, "No pd.respond called in workflow"]);
  });

  test("waits while the person runs something, and then its turn; one run at a time, in their order", async () => {
    const runs: TestRun[] = [];
    const open = world.open(httpWorkflow(), { onRun: (run) => runs.push(run) });
    const url = await open.address();
    const endByHand = open.runByHand();
    const answers = [post(url, "one"), post(url, "two")];
    expect(open.document.getState().workflow.trigger.eventText).toBe("{}");
    endByHand();
    await expect.poll(() => runs.length).toBe(1);
    await answers[0];
    expect(runs.length).toBe(1);
    runs[0]?.end();
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.end();
    expect(runs.map(({ eventText }) => bodyOf(eventText))).toEqual(["one", "two"]);
    await Promise.all(answers);
  });

  test("only becomes the selected event where the trigger doesn't run the workflow", async () => {
    const open = world.open(setTriggerRuns(httpWorkflow(RESPONDS), false));
    expect((await post(await open.address(), "x")).status).toBe(200);
    expect(bodyOf(open.document.getState().workflow.trigger.eventText)).toBe("x");
    expect(open.runs).toEqual([]);
  });

  test("that came while the workflow was closed is given to it when it is opened, once", async () => {
    const first = world.open(httpWorkflow());
    const url = await first.address();
    first.close();
    await expect.poll(async () => (await post(url, "kept")).status).toBe(202);
    const { workflow } = first.document.getState();
    const again = world.open(workflow);
    await expect.poll(() => again.runs.map(({ eventText }) => bodyOf(eventText)).at(-1)).toBe("kept");
    const seen = again.runs.length;
    again.close();
    const third = world.open(workflow);
    await third.address();
    expect(await world.storage.events.listFor(workflow.id)).toHaveLength(seen);
    expect(third.runs).toEqual([]);
  });

  test("stays at the gateway where it can't be stored, which is told", async () => {
    const open = world.open(httpWorkflow());
    const url = await open.address();
    const add = vi.spyOn(world.storage.events, "add").mockRejectedValue(new Error("The disk is full."));
    expect((await post(url, "x")).status).toBe(202);
    expect(open.problems.join()).toContain("The disk is full.");
    add.mockRestore();
    open.close();
    const again = world.open(open.document.getState().workflow);
    await expect.poll(() => again.runs.map(({ eventText }) => bodyOf(eventText))).toEqual(["x"]);
  });

  test("stays at the gateway when the workflow is closed before its turn", async () => {
    const open = world.open(httpWorkflow());
    const url = await open.address();
    open.runByHand();
    const sent = post(url, "late");
    await expect.poll(() => open.store.getState().address).toMatchObject({ kind: "ready" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    open.close();
    expect((await sent).status).toBe(202);
    const again = world.open(open.document.getState().workflow);
    await expect.poll(() => again.runs.map(({ eventText }) => bodyOf(eventText))).toEqual(["late"]);
  });
});

describe("the address", () => {
  test("is the same at every visit, another one when it is renewed, and not found with another trigger", async () => {
    const open = world.open(httpWorkflow());
    const url = await open.address();
    const tab = world.open(open.document.getState().workflow);
    expect(await tab.address()).toBe(url);
    tab.close();
    await open.store.getState().renewAddress();
    await expect.poll(() => open.address()).not.toBe(url);
    const next = await open.address();
    expect((await post(url, "x")).status).toBe(404);
    expect((await post(next, "x")).status).toBe(200);
    open.document.getState().apply((workflow) => setTriggerKind(workflow, "manual"));
    await expect.poll(async () => (await post(next, "x")).status).toBe(404);
    expect(open.store.getState().address).toEqual({ kind: "none" });
    open.document.getState().undo();
    expect(await open.address()).toBe(next);
  });
});
