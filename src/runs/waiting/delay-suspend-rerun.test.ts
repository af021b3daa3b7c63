import { expect, test, vi } from "vitest";
import type { StepWait } from "../../runtime/index.ts";
import { makeWorkflow, returns } from "../testing-store.ts";
import {
  browser,
  delay,
  given,
  HOUR,
  only,
  settled,
  suspend,
  threeSteps,
  waits,
  withClock,
} from "./testing.ts";

withClock();

test("fact 22: a delay stops the run after its step, and it goes on by itself with what was exported", async () => {
  const { open, runs } = browser();
  const { store, ran, waiting, requests, state, summary } = await open({ a: returns("x"), ask: delay });
  await store.getState().testWorkflow();
  expect(ran()).toEqual(["a", "ask"]);
  expect(store.getState().running).toBeNull();
  expect(only(waiting())).toMatchObject({ kind: "delay", stepId: "id-ask", due: Date.now() + 5000 });
  expect([...runs.values()]).toEqual(waiting());
  expect(state("ask").status).toBe("success");
  await vi.advanceTimersByTimeAsync(4999);
  expect(ran()).toEqual(["a", "ask"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(ran()).toEqual(["a", "ask", "b"]);
  expect(given(requests[2])).toMatchObject({ a: { $return_value: "x" }, ask: { $return_value: 1 } });
  expect([waiting(), runs.size, store.getState().running]).toEqual([[], 0, null]);
  expect(summary("ask")).toContain("waited 5.0 s");
});

test("fact 22: the run has its own event and exports, whatever is tested while it waits; Skip ends the wait", async () => {
  const { open } = browser();
  let value = "of the run";
  const tab = await open({ a: (...args) => returns(value)(...args), ask: delay });
  await tab.store.getState().testWorkflow();
  value = "tested since";
  await tab.store.getState().testStep("id-a");
  tab.edit(makeWorkflow(threeSteps.steps, '{"n": 2}'));
  tab.store.getState().resume(only(tab.waiting()).runId);
  await settled();
  const steps = given(tab.requests.at(-1));
  expect(tab.ran()).toEqual(["a", "ask", "a", "b"]);
  expect([steps.trigger.event, steps.a.$return_value]).toEqual([{ n: 1 }, "of the run"]);
  expect(tab.store.getState().steps["id-a"]?.exportsJson).toContain("tested since");
});

test("fact 22: cancelled, nothing more of the run happens, and the step says so after a reload too", async () => {
  const { open, runs, results } = browser();
  const { store, waiting, ran, summary } = await open({ ask: delay });
  await store.getState().testWorkflow();
  await vi.advanceTimersByTimeAsync(2000);
  await store.getState().cancel(only(waiting()).runId);
  await vi.advanceTimersByTimeAsync(HOUR);
  expect([waiting(), runs.size, ran()]).toEqual([[], 0, ["a", "ask"]]);
  expect(summary("ask")).toContain("cancelled after 2.0 s");
  expect(results.get("w1 id-ask")?.summary).toContain("cancelled after 2.0 s");
});

test("fact 24: a suspended run goes on when it is resumed, and what was given is the step's export $resume_data", async () => {
  const { open } = browser();
  const { store, waiting, requests, state } = await open({ ask: suspend });
  await store.getState().testWorkflow();
  await vi.advanceTimersByTimeAsync(HOUR / 2);
  store.getState().resume(only(waiting()).runId, '{"approved": true, "by": "tok-12345 env-secret"}');
  await settled();
  const data = { approved: true, by: "tok-12345 ⟦env.KEY⟧" };
  expect(given(requests.at(-1)).ask).toEqual({ $return_value: 1, $resume_data: data });
  expect(JSON.parse(state("ask").exportsJson ?? "")).toEqual({ $return_value: 1, $resume_data: data });
  expect(state("b").status).toBe("success");
});

test("fact 24: a run that nobody resumes is cancelled when its time is up", async () => {
  const { open, runs } = browser();
  const { store, waiting, ran, summary } = await open({ ask: suspend });
  await store.getState().testWorkflow();
  await vi.advanceTimersByTimeAsync(HOUR);
  expect([waiting(), runs.size, ran()]).toEqual([[], 0, ["a", "ask"]]);
  expect(summary("ask")).toContain("cancelled: not resumed in 1 h");
});

test("fact 25: a step runs again with its context and count, and after maxRetries the workflow goes on", async () => {
  const { open } = browser();
  const wait: StepWait = { kind: "rerun", ms: 1000, context: '{"job": "env-secret"}', maxRetries: 2 };
  const { store, ran, requests, waiting, summary } = await open({ ask: waits(wait) });
  await store.getState().testWorkflow();
  expect(only(waiting())).toMatchObject({
    kind: "rerun",
    rerun: { runs: 2, context: '{"job": "⟦env.KEY⟧"}' },
  });
  await vi.advanceTimersByTimeAsync(1000);
  store.getState().resume(only(waiting()).runId);
  await settled();
  expect(ran()).toEqual(["a", "ask", "ask", "ask", "b"]);
  const context = { job: "⟦env.KEY⟧" };
  expect(requests.slice(1, 4).map((request) => request.flow.run)).toEqual([
    { runs: 1, context: null },
    { runs: 2, context },
    { runs: 3, context },
  ]);
  expect(requests[4]?.flow.run).toEqual({ runs: 1, context: null });
  expect(summary("ask")).toContain("run 3, no retry left");
});

test("a long wait looks at the clock now and then: a machine that slept is not late by it", async () => {
  const { open } = browser();
  const { store, ran } = await open({ ask: waits({ kind: "delay", ms: HOUR }) });
  await store.getState().testWorkflow();
  vi.setSystemTime(Date.now() + HOUR);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(ran()).toEqual(["a", "ask", "b"]);
});
