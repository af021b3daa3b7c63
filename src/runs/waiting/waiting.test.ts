import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { StepOutcome, StepRequest, StepWait } from "../../runtime/index.ts";
import { memoryHooks, memoryWaitingRuns } from "../testing.ts";
import { makeStep, makeWorkflow, returns, setUp } from "../testing-store.ts";
import type { StepResultRecord } from "../types.ts";
import type { WaitingRun } from "./types.ts";

const HOUR = 3_600_000;

beforeEach(
  () => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1), toFake: ["setTimeout", "clearTimeout", "Date"] }),
);
afterEach(() => void vi.useRealTimers());

/** A step that waits, having returned a value. */
const waits =
  (wait: StepWait, value: unknown = 1) =>
  (request: StepRequest, emit: Parameters<ReturnType<typeof returns>>[1]): StepOutcome => {
    returns(value)(request, emit);
    return { status: "success", exit: null, wait };
  };
const delay = waits({ kind: "delay", ms: 5000 });
const suspend = waits({ kind: "suspend", ms: HOUR });
const flow = { code: "pd.flow.suspend()" };
const threeSteps = makeWorkflow([makeStep("a"), makeStep("ask", flow), makeStep("b")]);

/** What several tabs, or visits one after the other, share. */
function browser() {
  const runs = new Map<string, WaitingRun>();
  const results = new Map<string, StepResultRecord>();
  const hooks = memoryHooks();
  const waitingRuns = memoryWaitingRuns(runs);
  const repository = {
    listFor: async () => [...results.values()],
    get: async (id: string) => results.get(id) ?? null,
    put: async (record: StepResultRecord) => void results.set(record.id, record),
    delete: async (id: string) => void results.delete(id),
  };
  const open = async (plays: Parameters<typeof setUp>[1], workflow = threeSteps) => {
    const tab = setUp(workflow, plays, { waitingRuns, results: repository, hooks: hooks.hooks });
    await tab.store.getState().load();
    return {
      ...tab,
      ran: () => tab.requests.map(({ name }) => name),
      waiting: () => tab.store.getState().waiting,
      summary: (name: string) => tab.state(name).summary,
    };
  };
  return { runs, results, hooks, open };
}

const given = (request: StepRequest | undefined) =>
  Object.fromEntries(request?.steps.map(({ name, json }) => [name, JSON.parse(json)]) ?? []);
/** Until all that was set going is done. */
const settled = () => vi.advanceTimersByTimeAsync(0);
const only = (runs: readonly WaitingRun[]): WaitingRun => {
  const [run, ...others] = runs;
  if (!run || others.length > 0) throw new Error(`One run should wait, not ${runs.length}.`);
  return run;
};

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

test("fact 24: requests to the step's urls resume and cancel, also while the step still runs, and once only", async () => {
  const { open, hooks } = browser();
  const answers: Promise<unknown>[] = [];
  const answer = (url: string, body?: unknown) => {
    const sent = hooks.send(url, body).then((it) => it && [it.status, atob(it.body).trim()]);
    answers.push(sent);
    return sent;
  };
  let urls: StepRequest["flow"]["urls"] | undefined;
  const { store, requests, waiting } = await open({
    ask(request, emit) {
      if (urls) return suspend(request, emit);
      urls = request.flow.urls;
      void answer(`${urls.resume_url}x`);
      void answer(urls.resume_url.replace("/resume/", "/cancel/"));
      void answer(urls.resume_url, { ok: 1 }).then(() => answer(urls?.cancel_url ?? ""));
      return suspend(request, emit);
    },
  });
  await store.getState().testWorkflow();
  await settled();
  expect(await Promise.all(answers)).toEqual([
    [404, "There is no such address."],
    [404, "There is no such address."],
    [200, "The run goes on."],
    [410, "This run doesn't wait any more."],
  ]);
  expect(given(requests.at(-1)).ask.$resume_data).toEqual({ ok: 1 });
  expect(await answer(urls?.resume_url ?? "")).toBeNull();

  await store.getState().testStep("id-ask");
  const { address } = only(waiting());
  expect(await answer(`http://gateway/hooks/${address.hook}/resume/${address.resume}?a=1`)).toEqual([
    200,
    "The run goes on.",
  ]);
  await store.getState().testStep("id-ask");
  const last = only(waiting()).address;
  expect(await answer(`http://gateway/hooks/${last.hook}/cancel/${last.cancel}`)).toEqual([
    200,
    "The run is cancelled.",
  ]);
  await settled();
  expect([waiting(), hooks.listening.size]).toEqual([[], 0]);
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

test("fact 25: a request to resume_url runs the step again at once, with the request as callback_request", async () => {
  const { open, hooks } = browser();
  let runs = 0;
  const { store, requests, ran } = await open({
    ask(request, emit) {
      runs += 1;
      return runs > 1
        ? returns("done")(request, emit)
        : waits({ kind: "rerun", ms: HOUR, context: "null", maxRetries: 1 })(request, emit);
    },
  });
  await store.getState().testUpTo("id-ask");
  await hooks.send(requests[1]?.flow.urls.resume_url ?? "", { status: "DONE" });
  await settled();
  expect(ran()).toEqual(["a", "ask", "ask"]);
  expect(requests[2]?.flow.run).toMatchObject({
    runs: 2,
    context: null,
    callback_request: { method: "POST", body: { status: "DONE" } },
  });
});

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

test("a long wait looks at the clock now and then: a machine that slept is not late by it", async () => {
  const { open } = browser();
  const { store, ran } = await open({ ask: waits({ kind: "delay", ms: HOUR }) });
  await store.getState().testWorkflow();
  vi.setSystemTime(Date.now() + HOUR);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(ran()).toEqual(["a", "ask", "b"]);
});
