import { describe, expect, it, vi } from "vitest";
import { createMemoryBrowser, openMemoryStorage } from "../../storage/index.ts";
import { createRedactor } from "../../vault/index.ts";
import { workflowCodec } from "../../workflow/index.ts";
import { makeStep, makeWorkflow, returns, setUp, success } from "../testing-store.ts";
import { createRunHistory } from "./history-store.ts";
import { createRunRecorder } from "./recorder.ts";

/** A run store that keeps its runs in a memory storage, and the history as another tab sees it. */
async function recording(
  workflow: Parameters<typeof setUp>[0],
  plays: Parameters<typeof setUp>[1],
  change: Parameters<typeof setUp>[2] = {},
) {
  const browser = createMemoryBrowser();
  const [tab, other] = await Promise.all([
    openMemoryStorage({ workflowCodec, browser }),
    openMemoryStorage({ workflowCodec, browser }),
  ]);
  const problems: string[] = [];
  const recorder = createRunRecorder({
    repository: tab.pastRuns,
    onStoreFailure: (message) => problems.push(message),
  });
  const history = createRunHistory(other.pastRuns, workflow.id);
  await history.getState().load();
  /** Waits until so many runs are listed in the other tab. */
  const listed = (count: number) =>
    vi.waitFor(() => {
      const { runs } = history.getState();
      if (runs?.length !== count) throw new Error(`${runs?.length} runs are listed.`);
      return runs;
    });
  return {
    ...setUp(workflow, plays, { history: recorder, ...change }),
    storage: tab,
    recorder,
    history,
    listed,
    problems,
  };
}

const error = {
  code: "PythonError",
  type: "ValueError",
  message: "bad tok-12345\nmore",
  line: 1,
  column: null,
  traceback: "tok-12345",
  hint: null,
};

describe("runs are recorded", () => {
  it("of a run that waits: its parts are one run, which is over when it has gone on or was cancelled", async () => {
    const delay = () => ({ ...success, wait: { kind: "delay" as const, ms: 3_600_000 } });
    const workflow = makeWorkflow([makeStep("a"), makeStep("b")]);
    const { store, history, listed } = await recording(workflow, { a: delay, b: delay });
    const shown = () =>
      history.getState().runs?.map(({ status, steps }) => [status, ...steps.map(({ outcome }) => outcome)]);
    const goOn = () => store.getState().resume(store.getState().waiting.at(-1)?.runId ?? "");
    await store.getState().testWorkflow();
    await listed(1);
    expect(shown()).toEqual([["waiting", "success", "not-run"]]);
    goOn();
    await vi.waitFor(() => expect(shown()).toEqual([["waiting", "success", "success"]]));
    goOn();
    await vi.waitFor(() => expect(shown()).toEqual([["success", "success", "success"]]));
    await store.getState().testWorkflow();
    await listed(2);
    await store.getState().cancel(store.getState().waiting[0]?.runId ?? "");
    await vi.waitFor(() => expect(shown()?.[0]).toEqual(["stopped", "success", "not-run"]));
  });

  it("with their event, code, logs, exports and outcomes, and seen by another tab", async () => {
    const workflow = makeWorkflow(
      [makeStep("a"), makeStep("off", { enabled: false }), makeStep("b"), makeStep("c")],
      '{"n": 7}',
    );
    const { store, history, listed, edit } = await recording(workflow, {
      a: (request, emit) => {
        emit({ type: "output", stream: "stdout", text: "hello\n", at: 5 });
        return returns({ id: 12345678901234567890n.toString() })(request, emit);
      },
      b: () => ({ status: "success", exit: { reason: "enough" }, wait: null }),
    });
    await store.getState().testWorkflow();
    edit(makeWorkflow([makeStep("a", { code: "changed since" })]));
    const [summary] = await listed(1);
    expect(summary).toMatchObject({
      kind: "workflow",
      status: "exited",
      error: null,
      steps: [
        { name: "a", outcome: "success" },
        { name: "off", outcome: "disabled" },
        { name: "b", outcome: "success" },
        { name: "c", outcome: "not-run" },
      ],
    });
    const run = await history.getState().open(summary?.id ?? "");
    expect(run?.trigger).toEqual({ kind: "manual", eventText: '{"n": 7}', length: 8 });
    const [a, off, b] = run?.steps ?? [];
    expect(a?.step.code).toBe("# a");
    expect(a?.result?.logs.map(({ text }) => text)).toEqual(["hello"]);
    expect(a?.result?.exportsJson).toBe('{"$return_value":{"id":"12345678901234567890"}}');
    expect(JSON.parse(a?.result?.inputsJson ?? "").steps.trigger.event).toEqual({ n: 7 });
    expect(off?.result).toBeNull();
    expect(b?.result?.exitReason).toBe("enough");
  });

  it("a test of one step is a run of that step; the newest comes first", async () => {
    const { store, listed } = await recording(makeWorkflow([makeStep("a"), makeStep("b")]), {
      b: () => ({ status: "failed", error: { ...error, message: "no" } }),
    });
    await store.getState().testStep("id-a");
    await listed(1);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000);
    await store.getState().testStep("id-b");
    vi.restoreAllMocks();
    const runs = await listed(2);
    expect(runs.map(({ kind, status, steps, error }) => [kind, status, steps.length, error])).toEqual([
      ["step", "failed", 1, "ValueError: no"],
      ["step", "success", 1, null],
    ]);
  });

  it("without secrets: event, code, error, exports and logs", async () => {
    const apps = [{ app: "slack", accountId: "acme" }];
    const workflow = makeWorkflow(
      [makeStep("a", { apps, code: "t = 'tok-12345'", note: "tok-12345" })],
      '{"token": "tok-12345"}',
    );
    const { store, storage, listed, history } = await recording(workflow, {
      a: (_request, emit) => {
        emit({ type: "output", stream: "stdout", text: "tok-12345 env-secret\n", at: 1 });
        emit({ type: "exports", json: '{"t":"tok-12345"}' });
        return { status: "failed", error };
      },
    });
    await store.getState().testWorkflow();
    const [summary] = await listed(1);
    const everything = JSON.stringify([summary, await storage.pastRuns.content(summary?.id ?? "")]);
    expect(everything).toContain("⟦slack.$auth.token⟧");
    expect(everything).not.toContain("tok-12345");
    expect(everything).not.toContain("env-secret");
    for await (const exported of history.getState().exportsOf(workflow.steps, 5))
      expect(exported).toEqual({ stepId: "id-a", exportsJson: '{"t":"⟦slack.$auth.token⟧"}' });
    expect.assertions(4);
  });

  it("nothing is recorded of packages that are updated, and a run that can't be stored says so", async () => {
    const { store, storage, problems, listed } = await recording(makeWorkflow([makeStep("a")]), {});
    await store.getState().updatePackages();
    await store.getState().testStep("id-a");
    await listed(1);
    storage.pastRuns.put = () => Promise.reject(new Error("The disk is full."));
    await store.getState().testStep("id-a");
    await vi.waitFor(() => expect(problems).toHaveLength(1));
    expect(problems[0]).toContain("The disk is full.");
  });

  it("a run that waited and goes on under its id is one run, with the results from before", async () => {
    const { recorder, history, listed, stored, store, storage } = await recording(
      makeWorkflow([makeStep("a"), makeStep("b")]),
      { a: returns(1), b: returns(2) },
    );
    await store.getState().testWorkflow();
    await listed(1);
    const [a, b] = [stored.get("id-a"), stored.get("id-b")];
    if (!a || !b) throw new Error("no results");
    const workflow = makeWorkflow([makeStep("a"), makeStep("b")]);
    const plan = workflow.steps;
    const redactor = createRedactor([]);
    const first = recorder.begin({ workflow, kind: "workflow", plan });
    first.hide(redactor);
    first.step("id-a", Promise.resolve(a));
    await first.end("waiting");
    const waiting = await listed(2);
    expect(waiting.find(({ status }) => status === "waiting")?.steps).toEqual([
      { name: "a", outcome: "success" },
      { name: "b", outcome: "not-run" },
    ]);
    const edited = makeWorkflow(
      [makeStep("a", { code: "edited since" }), makeStep("b", { code: "edited too" })],
      "[]",
    );
    const second = recorder.begin({
      workflow: edited,
      kind: "workflow",
      plan: edited.steps,
      runId: first.runId,
    });
    second.hide(redactor);
    second.step("id-b", Promise.resolve(b));
    await second.end();
    const id = `w1 ${first.runId}`;
    await vi.waitFor(async () =>
      expect((await storage.pastRuns.list("w1")).find((run) => run.id === id)?.status).toBe("success"),
    );
    const run = await history.getState().open(id);
    expect(run?.steps.map(({ step, result }) => [step.code, result?.exportsJson])).toEqual([
      ["# a", '{"$return_value":1}'],
      ["edited too", '{"$return_value":2}'],
    ]);
    expect(run?.trigger.eventText).toBe('{"n": 1}');
    expect(run?.summary.steps.map(({ outcome }) => outcome)).toEqual(["success", "success"]);
  });
});

it("a run that waited and ends without another step is settled, once", async () => {
  const { recorder, listed, stored, store, history } = await recording(makeWorkflow([makeStep("a")]), {});
  await store.getState().testWorkflow();
  const [done] = await listed(1);
  const workflow = makeWorkflow([makeStep("a")]);
  const run = recorder.begin({ workflow, kind: "workflow", plan: workflow.steps });
  const result = stored.get("id-a");
  if (!result || !done) throw new Error("no result");
  run.hide(createRedactor([]));
  run.step("id-a", Promise.resolve(result));
  await run.end("waiting");
  await listed(2);
  const status = (id: string) => history.getState().runs?.find((one) => one.id === id)?.status;
  await recorder.settle(`w1 ${run.runId}`, "stopped");
  await vi.waitFor(() => expect(status(`w1 ${run.runId}`)).toBe("stopped"));
  await recorder.settle(done.id, "stopped");
  await history.getState().load();
  expect(status(done.id), "it did not wait").toBe("success");
  const early = recorder.begin({ workflow, kind: "workflow", plan: workflow.steps });
  early.hide(createRedactor([]));
  early.step("id-a", Promise.resolve(result));
  const storing = early.end("waiting");
  await recorder.settle(`w1 ${early.runId}`, "success");
  await storing;
  await history.getState().load();
  expect(status(`w1 ${early.runId}`), "cancelled before it was stored").toBe("success");
});

describe("what is kept", () => {
  it("exports that are too large are named in what is left out", async () => {
    const { store, history, listed } = await recording(makeWorkflow([makeStep("a"), makeStep("b")]), {
      a: (_request, emit) => {
        emit({ type: "exports", json: JSON.stringify({ x: "y".repeat(12_000_000) }) });
        return success;
      },
      b: returns("small"),
    });
    await store.getState().testWorkflow();
    const [summary] = await listed(1);
    const run = await history.getState().open(summary?.id ?? "");
    expect(run?.steps[0]?.leftOut).toEqual(["exports of 12 MB"]);
    expect(run?.steps[0]?.result?.exportsJson).toBeNull();
    expect(run?.steps[1]?.leftOut).toEqual([]);
    expect(run?.steps[1]?.result?.exportsJson).toBe('{"$return_value":"small"}');
    expect(summary?.size).toBeLessThan(10_000);
  });

  it("deleting gives the way back; clearing takes those of this workflow only", async () => {
    const { store, history, listed, storage } = await recording(makeWorkflow([makeStep("a")]), {});
    await store.getState().testWorkflow();
    const [summary] = await listed(1);
    if (!summary) throw new Error("no run");
    const other = { ...summary, id: "w2 run", workflowId: "w2" };
    const content = await storage.pastRuns.content(summary.id);
    if (!content) throw new Error("no content");
    await storage.pastRuns.put(other, { ...content, id: other.id }, () => []);
    const deleted = await history.getState().delete(summary.id);
    await listed(0);
    expect(await storage.pastRuns.content(summary.id)).toBeNull();
    if (deleted) await history.getState().restore(deleted);
    expect(await listed(1)).toEqual([summary]);
    await history.getState().clear();
    await listed(0);
    expect(await storage.pastRuns.list("w2")).toEqual([other]);
  });
});
