import { describe, expect, it, vi } from "vitest";
import type { StepOutcome, StepRequest } from "../runtime/index.ts";
import { makeStep, makeWorkflow, returns, setUp, success } from "./testing-store.ts";

/** `pd.steps` of a request. */
const given = (request: StepRequest | undefined) =>
  Object.fromEntries(request?.steps.map(({ name, json }) => [name, JSON.parse(json)]) ?? []);

describe("createRunStore", () => {
  it("runs all enabled steps and gives each the exports of those above it", async () => {
    const workflow = makeWorkflow([makeStep("a"), makeStep("off", { enabled: false }), makeStep("b")]);
    const { store, requests, state, end } = setUp(workflow, { a: returns({ x: 1 }), b: returns(2) });
    await store.getState().testWorkflow();
    expect(requests.map(({ name }) => name)).toEqual(["a", "b"]);
    const steps = given(requests[1]);
    expect(Object.keys(steps)).toEqual(["trigger", "a"]);
    expect(steps.trigger.event).toEqual({ n: 1 });
    expect(steps.trigger.context).toMatchObject({ workflow_id: "w1", workflow_name: "Test" });
    expect(steps.a).toEqual({ $return_value: { x: 1 } });
    expect(state("b").status).toBe("success");
    expect(state("off").status).toBe("not-tested");
    expect(end).toHaveBeenCalledOnce();
  });

  it("guards the secrets of the attached accounts, not the environment", async () => {
    const apps = [{ app: "slack", accountId: "acme" }];
    const { store, networks } = setUp(makeWorkflow([makeStep("a", { apps })]), { a: returns(1) });
    await store.getState().testWorkflow();
    const secrets = networks[0]?.secrets ?? [];
    expect(secrets.map(({ name, account }) => [name, account])).toEqual([["slack.$auth.token", "Acme"]]);
    expect(secrets[0]?.forms).toContain("tok-12345");
    expect(secrets[0]?.belongsTo("slack.com")).toBe(true);
    expect(secrets[0]?.belongsTo("slack.com.example.org")).toBe(false);
    expect(networks[0]?.secrets, "the same as long as it is the same run").toBe(secrets);
  });

  it("stops the workflow at a failing step and at pd.flow.exit", async () => {
    const error = {
      code: "PythonError",
      type: "ValueError",
      message: "no",
      line: 1,
      column: null,
      traceback: "",
      hint: null,
    };
    const workflow = makeWorkflow([makeStep("a"), makeStep("b")]);
    const failing = setUp(workflow, { a: () => ({ status: "failed", error }) });
    await failing.store.getState().testWorkflow();
    expect(failing.requests).toHaveLength(1);
    expect(failing.state("a").error?.message).toBe("no");
    const exiting = setUp(workflow, {
      a: () => ({ status: "success", exit: { reason: "enough" }, wait: null }),
    });
    await exiting.store.getState().testWorkflow();
    expect(exiting.requests).toHaveLength(1);
    expect(exiting.state("a").exitReason).toBe("enough");
  });

  it("replaces secrets in logs, exports, errors and network before anything shows or is stored", async () => {
    const workflow = makeWorkflow([
      makeStep("a", { apps: [{ app: "slack", accountId: "acc" }] }),
      makeStep("b"),
    ]);
    const { store, requests, stored, state } = setUp(workflow, {
      a: (request, emit) => {
        emit({
          type: "output",
          stream: "stdout",
          text: `${request.inputs.slack?.$auth.token} env-se`,
          at: 1,
        });
        emit({ type: "output", stream: "stdout", text: "cret\n", at: 2 });
        emit({ type: "exports", json: '{"t":"tok-12345"}' });
        return success;
      },
    });
    await store.getState().testWorkflow();
    expect(requests[0]?.inputs.slack?.$auth.token).toBe("tok-12345");
    expect(requests[1]?.inputs).toEqual({});
    expect(JSON.stringify(given(requests[1]))).not.toContain("tok-12345");
    await vi.waitFor(() => expect(stored.size).toBe(2));
    const everything = JSON.stringify([...stored.values(), state("a"), state("b")]);
    expect(everything).not.toContain("tok-12345");
    expect(everything).not.toContain("env-secret");
    expect(state("a").log.at(0).text).toBe("⟦slack.$auth.token⟧ ⟦env.KEY⟧");
  });

  it("does not run a step whose account was deleted or whose event is not JSON, and says why", async () => {
    const gone = setUp(makeWorkflow([makeStep("a", { apps: [{ app: "slack", accountId: "gone" }] })]), {});
    await gone.store.getState().testStep("id-a");
    expect(gone.requests).toHaveLength(0);
    expect(gone.state("a").error).toMatchObject({ code: "AccountMissing" });
    const event = setUp(makeWorkflow([makeStep("a")], "{oops"), {});
    await event.store.getState().testStep("id-a");
    expect(event.requests).toHaveLength(0);
    expect(event.state("a").error).toMatchObject({ code: "InvalidEvent" });
  });

  it("marks results stale when their code, the event or a result above changes, and fresh when put back", async () => {
    const workflow = makeWorkflow([makeStep("a"), makeStep("b")]);
    let value = 1;
    const { store, edit, state } = setUp(workflow, {
      a: (request, emit) => returns(value)(request, emit),
      b: returns(2),
    });
    await store.getState().testWorkflow();
    expect([state("a").stale, state("b").stale]).toEqual([false, false]);
    edit(makeWorkflow([makeStep("a"), makeStep("b", { code: "changed" })]));
    expect([state("a").stale, state("b").stale]).toEqual([false, true]);
    edit(workflow);
    expect(state("b").stale).toBe(false);
    edit(makeWorkflow(workflow.steps, "{}"));
    expect([state("a").stale, state("b").stale]).toEqual([true, true]);
    edit(workflow);
    // The same result once more changes nothing.
    await store.getState().testStep("id-a");
    expect([state("a").stale, state("b").stale]).toEqual([false, false]);
    value = 3;
    await store.getState().testStep("id-a");
    expect([state("a").stale, state("b").stale]).toEqual([false, true]);
    expect(state("b").staleReasons).toEqual([{ kind: "result", step: "a" }]);
  });

  it("stops: the runtime is told and no later step runs", async () => {
    const workflow = makeWorkflow([makeStep("a"), makeStep("b")]);
    let release: (outcome: StepOutcome) => void = () => {};
    const { store, requests, stop, state } = setUp(workflow, {
      a: () =>
        new Promise((resolve) => {
          release = resolve;
        }),
    });
    const done = store.getState().testWorkflow();
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    expect(state("a").status).toBe("running");
    store.getState().stop();
    expect(stop).toHaveBeenCalledOnce();
    release({ status: "stopped" });
    await done;
    expect(requests).toHaveLength(1);
    expect(state("a").status).toBe("stopped");
    expect(store.getState().running).toBeNull();
  });

  it("shows stored results after a reload", async () => {
    const workflow = makeWorkflow([makeStep("a")]);
    const first = setUp(workflow, {
      a: (_request, emit) => {
        emit({ type: "output", stream: "stdout", text: "hi\n", at: 1 });
        return returns(5)(_request, emit);
      },
    });
    await first.store.getState().testStep("id-a");
    const records = [...first.stored.values()];
    const second = setUp(
      workflow,
      {},
      {
        results: {
          listFor: async () => records,
          get: async () => null,
          put: async () => {},
          delete: async () => {},
        },
      },
    );
    await second.store.getState().load();
    const state = second.state("a");
    expect(state).toMatchObject({ status: "success", exportsJson: '{"$return_value":5}', stale: false });
    expect(state.log.at(0).text).toBe("hi");
  });
});
