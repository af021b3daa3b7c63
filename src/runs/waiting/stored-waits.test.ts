import { expect, test, vi } from "vitest";
import { memoryWaitingRuns } from "../testing.ts";
import { makeStep, makeWorkflow, returns, setUp } from "../testing-store.ts";
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

test("a run that waits survives a reload, is listened for again, and goes on with its own exports", async () => {
  const { open, hooks, results } = browser();
  const first = await open({ a: returns("x"), ask: suspend });
  await first.store.getState().testWorkflow();
  await vi.waitFor(() => expect(results.size).toBe(2));
  first.store.getState().dispose();
  expect(hooks.listening.size).toBe(0);
  const second = await open({});
  expect(only(second.waiting()).stepId).toBe("id-ask");
  expect(second.state("ask").status).toBe("success");
  const { address } = only(second.waiting());
  const url = `http://gateway/hooks/${address.hook}/resume/${address.resume}`;
  expect(await hooks.send(url, "yes")).toMatchObject({ status: 200 });
  await settled();
  expect(second.ran()).toEqual(["b"]);
  expect(given(second.requests[0])).toMatchObject({
    a: { $return_value: "x" },
    ask: { $resume_data: "yes" },
  });
  expect(second.notices).toEqual([]);
});

test("what became due while the workflow was closed goes on at once, or is cancelled, and says so", async () => {
  const { open } = browser();
  const first = await open({ ask: delay, b: suspend });
  await first.store.getState().testWorkflow();
  await first.store.getState().testStep("id-b");
  expect(first.waiting()).toHaveLength(2);
  first.store.getState().dispose();
  await vi.advanceTimersByTimeAsync(2 * HOUR);
  expect(first.ran()).toEqual(["a", "ask", "b"]);
  const second = await open({});
  await settled();
  expect(second.ran()).toEqual(["b"]);
  expect(second.notices).toEqual([
    "A run that waited after ask is overdue and goes on now, with 1 step.",
    "A run was suspended after b and not resumed in time: it is cancelled.",
  ]);
  expect(second.waiting()).toEqual([]);
});

test("of two tabs one goes on with a run, and the other shows that it doesn't wait any more", async () => {
  const { open } = browser();
  const one = await open({ ask: delay });
  const other = await open({});
  await one.store.getState().testWorkflow();
  await settled();
  expect(other.waiting()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect([...one.ran(), ...other.ran()].sort()).toEqual(["a", "ask", "b"]);
  expect([one.waiting(), other.waiting()]).toEqual([[], []]);
});

test("a run that can't be stored waits as long as the page is open, and the person is told", async () => {
  const failures: string[] = [];
  const waitingRuns = { ...memoryWaitingRuns(), put: () => Promise.reject(new Error("The disk is full.")) };
  const { store, requests } = setUp(
    threeSteps,
    { ask: delay },
    { waitingRuns, onStoreFailure: (text) => void failures.push(text) },
  );
  await store.getState().testWorkflow();
  expect(failures).toEqual([
    expect.stringContaining("goes on only if this page stays open. The disk is full."),
  ]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(requests.map(({ name }) => name)).toEqual(["a", "ask", "b"]);
});

test("neither accounts nor variables are stored with a run that waits", async () => {
  const { open, runs } = browser();
  const apps = [{ app: "slack", accountId: "acc" }];
  const workflow = makeWorkflow([makeStep("ask", { apps })], '{"token": "tok-12345"}');
  const { store } = await open(
    { ask: waits({ kind: "rerun", ms: 1, context: '["tok-12345"]', maxRetries: 1 }, "tok-12345") },
    workflow,
  );
  await store.getState().testWorkflow();
  const stored = JSON.stringify([...runs.values()]);
  expect(stored).toContain("⟦slack.$auth.token⟧");
  expect(stored).not.toContain("tok-12345");
  expect(stored).not.toContain("env-secret");
});
