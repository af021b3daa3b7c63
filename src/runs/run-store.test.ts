import { describe, expect, it, vi } from "vitest";
import type {
  RunNetwork,
  Runtime,
  StepError,
  StepEvent,
  StepOutcome,
  StepRequest,
  WorkflowPackages,
} from "../runtime/index.ts";
import { createRedactor } from "../vault/index.ts";
import type { LockedPackage, Step, Workflow } from "../workflow/index.ts";
import type { RunDeps } from "./deps.ts";
import { createRunStore, stateOf } from "./run-store.ts";
import { memoryPolicies } from "./testing.ts";
import type { StepResultRecord } from "./types.ts";

type Play = (request: StepRequest, emit: (event: StepEvent) => void) => StepOutcome | Promise<StepOutcome>;

const success: StepOutcome = { status: "success", exit: null };
const returns =
  (value: unknown): Play =>
  (_request, emit) => {
    emit({ type: "exports", json: JSON.stringify({ $return_value: value }) });
    return success;
  };

function makeStep(name: string, change: Partial<Step> = {}): Step {
  return {
    id: `id-${name}`,
    name,
    title: name,
    code: `# ${name}`,
    apps: [],
    enabled: true,
    collapsed: false,
    note: "",
    ...change,
  };
}

function makeWorkflow(steps: readonly Step[], eventText = '{"n": 1}'): Workflow {
  return {
    id: "w1",
    name: "Test",
    trigger: { kind: "manual", eventText, collapsed: false },
    steps,
    settings: { timeLimitSeconds: 30 },
    packages: [],
  };
}

/** A run store whose runtime plays `plays` by step name; the document can be replaced. */
function setUp(first: Workflow, plays: Record<string, Play>, change: Partial<RunDeps> = {}) {
  let workflow = first;
  const requests: StepRequest[] = [];
  const networks: RunNetwork[] = [];
  const begun: { packages: WorkflowPackages; fresh: boolean }[] = [];
  const kept: [readonly LockedPackage[], "run" | "person"][] = [];
  let updates: (emit: (event: StepEvent) => void) => StepOutcome | Promise<StepOutcome> = () => success;
  const stored = new Map<string, StepResultRecord>();
  const listeners = new Set<() => void>();
  const stop = vi.fn();
  const end = vi.fn();
  const runtime: Runtime = {
    state: () => ({ kind: "ready", pythonVersion: "3.14" }),
    subscribe: () => () => {},
    start: () => {},
    beginRun: ({ network, packages, fresh }) => ({
      installAll: async (emit) => {
        begun.push({ packages, fresh: fresh ?? false });
        return await updates(emit);
      },
      step: async (request, emit) => {
        requests.push(request);
        begun.push({ packages, fresh: fresh ?? false });
        networks.push(network);
        return await (plays[request.name] ?? (() => success))(request, emit);
      },
      stop,
      end,
    }),
  };
  const store = createRunStore({
    runtime,
    workflow: () => workflow,
    onWorkflowChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    account: async (_app, id) =>
      id === "gone"
        ? null
        : {
            auth: { token: "tok-12345" },
            secrets: [{ name: "slack.$auth.token", value: "tok-12345" }],
            name: "Acme",
            belongsTo: (host) => host === "slack.com",
          },
    environment: async () => ({
      values: { KEY: "env-secret" },
      secrets: [{ name: "env.KEY", value: "env-secret" }],
    }),
    createRedactor,
    results: {
      listFor: async () => [...stored.values()],
      put: async (record) => void stored.set(record.stepId, record),
      delete: async (id) => void stored.delete(id.split(" ")[1] ?? ""),
    },
    networkPolicy: memoryPolicies().of("w1"),
    setPackages: (packages, by) => void kept.push([packages, by]),
    ask: async () => "deny",
    onStoreFailure: (message) => {
      throw new Error(message);
    },
    ...change,
  });
  const edit = (next: Workflow) => {
    workflow = next;
    for (const listener of listeners) listener();
  };
  return {
    store,
    requests,
    networks,
    begun,
    kept,
    onUpdate: (play: typeof updates) => {
      updates = play;
    },
    stored,
    stop,
    end,
    edit,
    state: (name: string) => stateOf(store.getState(), `id-${name}`),
  };
}

describe("createRunStore", () => {
  it("runs all enabled steps and gives each the exports of those above it", async () => {
    const workflow = makeWorkflow([makeStep("a"), makeStep("off", { enabled: false }), makeStep("b")]);
    const { store, requests, state, end } = setUp(workflow, { a: returns({ x: 1 }), b: returns(2) });
    await store.getState().testWorkflow();
    expect(requests.map(({ name }) => name)).toEqual(["a", "b"]);
    const steps = JSON.parse(requests[1]?.stepsJson ?? "");
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
    const exiting = setUp(workflow, { a: () => ({ status: "success", exit: { reason: "enough" } }) });
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
    expect(requests[1]?.stepsJson).not.toContain("tok-12345");
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
    const { store, edit, state } = setUp(workflow, { a: returns(1), b: returns(2) });
    await store.getState().testWorkflow();
    expect([state("a").stale, state("b").stale]).toEqual([false, false]);
    edit(makeWorkflow([makeStep("a"), makeStep("b", { code: "changed" })]));
    expect([state("a").stale, state("b").stale]).toEqual([false, true]);
    edit(workflow);
    expect(state("b").stale).toBe(false);
    edit(makeWorkflow(workflow.steps, "{}"));
    expect([state("a").stale, state("b").stale]).toEqual([true, true]);
    edit(workflow);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 5000);
    await store.getState().testStep("id-a");
    vi.restoreAllMocks();
    expect([state("a").stale, state("b").stale]).toEqual([false, true]);
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
      { results: { listFor: async () => records, put: async () => {}, delete: async () => {} } },
    );
    await second.store.getState().load();
    const state = second.state("a");
    expect(state).toMatchObject({ status: "success", exportsJson: '{"$return_value":5}', stale: false });
    expect(state.log.at(0).text).toBe("hi");
  });
});

describe("packages", () => {
  const locked = (name: string, version: string): LockedPackage => ({
    name,
    version,
    sha256: version.padEnd(64, "0"),
    filename: `${name}-${version}-py3-none-any.whl`,
    source: "index",
    asked: [],
    requires: [],
  });
  const error: StepError = {
    code: "PackageUnavailable",
    type: "PackageUnavailable",
    message: "a: There is no package named x.",
    line: 1,
    column: 1,
    traceback: "",
    hint: null,
  };

  it("a run gets the workflow's packages and all its code, and what it installs is kept", async () => {
    const old = locked("idna", "1");
    const workflow = {
      ...makeWorkflow([makeStep("a"), makeStep("off", { enabled: false })]),
      packages: [old],
    };
    const { store, begun, kept } = setUp(workflow, {
      a: (_request, emit) => {
        emit({ type: "locked", packages: [old, locked("six", "2")] });
        return success;
      },
    });
    await store.getState().testStep("id-a");
    expect(begun).toEqual([
      {
        packages: {
          steps: [
            { name: "a", code: "# a", enabled: true },
            { name: "off", code: "# off", enabled: false },
          ],
          lock: [old],
        },
        fresh: false,
      },
    ]);
    expect(kept).toEqual([[[old, locked("six", "2")], "run"]]);
  });

  it("an update begins without any, says what goes on and what has changed", async () => {
    const before = [locked("idna", "1"), locked("six", "1"), locked("urllib3", "1")];
    const { store, begun, kept, onUpdate } = setUp(
      { ...makeWorkflow([makeStep("a")]), packages: before },
      {},
    );
    const after = [locked("idna", "1"), locked("urllib3", "2"), locked("yarl", "1")];
    onUpdate((emit) => {
      emit({ type: "phase", text: "Resolving idna…" });
      expect(store.getState()).toMatchObject({
        updatePhase: "Resolving idna…",
        running: { kind: "packages" },
      });
      emit({ type: "locked", packages: after.slice(0, 1) });
      emit({ type: "locked", packages: after });
      return success;
    });
    expect(await store.getState().updatePackages()).toEqual({
      kind: "updated",
      changes: [
        { name: "six", from: "1", to: null },
        { name: "urllib3", from: "1", to: "2" },
        { name: "yarl", from: null, to: "1" },
      ],
    });
    expect(begun[0]).toMatchObject({ packages: { lock: [] }, fresh: true });
    expect(kept).toEqual([[after, "person"]]);
    expect(store.getState()).toMatchObject({ running: null, updatePhase: "" });
  });

  it("an update that fails or is stopped changes nothing", async () => {
    const { store, kept, onUpdate } = setUp(makeWorkflow([makeStep("a")]), {});
    onUpdate((emit) => {
      emit({ type: "locked", packages: [locked("idna", "1")] });
      return { status: "failed", error };
    });
    expect(await store.getState().updatePackages()).toEqual({ kind: "failed", error });
    onUpdate(() => ({ status: "stopped" }));
    expect(await store.getState().updatePackages()).toEqual({ kind: "stopped" });
    expect(kept).toEqual([]);
  });

  it("nothing is updated while a step runs, and no step runs while packages are updated", async () => {
    const { store, requests, onUpdate } = setUp(makeWorkflow([makeStep("a")]), {
      a: async () => {
        expect(await store.getState().updatePackages()).toEqual({ kind: "stopped" });
        return success;
      },
    });
    await store.getState().testStep("id-a");
    onUpdate(async () => {
      await store.getState().testStep("id-a");
      return success;
    });
    await store.getState().updatePackages();
    expect(requests).toHaveLength(1);
  });
});
