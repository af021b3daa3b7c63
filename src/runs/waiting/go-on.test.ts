import { expect, test, vi } from "vitest";
import type { StepOutcome } from "../../runtime/index.ts";
import { makeWorkflow, returns } from "../testing-store.ts";
import { browser, delay, only, settled, suspend, threeSteps, withClock } from "./testing.ts";

withClock();

test("a run that is to go on waits for what runs now, and Stop ends it like any other", async () => {
  const { open } = browser();
  const release = Promise.withResolvers<StepOutcome>();
  const { store, ran, waiting } = await open({
    ask: delay,
    a: () => (ran().length > 1 ? release.promise : returns(1)({} as never, () => {})),
  });
  await store.getState().testWorkflow();
  const test = store.getState().testStep("id-a");
  await settled();
  await vi.advanceTimersByTimeAsync(6000);
  expect(store.getState().goingOn).toEqual([only(waiting()).runId]);
  expect(ran()).toEqual(["a", "ask", "a"]);
  release.resolve({ status: "stopped" });
  await test;
  await settled();
  expect(ran()).toEqual(["a", "ask", "a", "b"]);
});

test("a step that was removed or disabled meanwhile is passed over; a test of one step alone has nothing left to run", async () => {
  const { open } = browser();
  const tab = await open({ ask: delay, b: delay });
  await tab.store.getState().testWorkflow();
  tab.edit(makeWorkflow(threeSteps.steps.map((step) => ({ ...step, enabled: step.name !== "b" }))));
  await vi.advanceTimersByTimeAsync(5000);
  expect(tab.ran()).toEqual(["a", "ask"]);
  await tab.store.getState().testStep("id-b");
  expect(tab.waiting()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect([tab.ran(), tab.waiting()]).toEqual([["a", "ask", "b"], []]);
  expect(tab.summary("b")).toContain("waited 5.0 s");
});

test("testing a step anew ends what an earlier test of it alone waits for; whole runs wait side by side", async () => {
  const { open } = browser();
  const { store, waiting } = await open({ ask: suspend });
  await store.getState().testWorkflow();
  await vi.advanceTimersByTimeAsync(1);
  await store.getState().testStep("id-ask");
  const before = waiting().map(({ runId }) => runId);
  await store.getState().testStep("id-ask");
  const after = waiting().map(({ runId }) => runId);
  expect([before.length, after.length, after[0]]).toEqual([2, 2, before[0]]);
  expect(after[1]).not.toBe(before[1]);
});
