/** A run store over a runtime that plays what a test says. */
import { vi } from "vitest";
import type {
  RunNetwork,
  Runtime,
  StepEvent,
  StepOutcome,
  StepRequest,
  WorkflowPackages,
} from "../runtime/index.ts";
import { createRedactor } from "../vault/index.ts";
import type { LockedPackage, Step, Workflow } from "../workflow/index.ts";
import type { RunDeps } from "./deps.ts";
import { stateOf } from "./run-state.ts";
import { createRunStore } from "./run-store.ts";
import { memoryHooks, memoryPolicies, memoryWaitingRuns } from "./testing.ts";
import type { StepResultRecord } from "./types.ts";

type Play = (request: StepRequest, emit: (event: StepEvent) => void) => StepOutcome | Promise<StepOutcome>;

/** Every run of a test ends so unless it plays something else. */
export const success: StepOutcome = { status: "success", exit: null, wait: null };
/** A step that returns a value. */
export const returns =
  (value: unknown): Play =>
  (_request, emit) => {
    emit({ type: "exports", json: JSON.stringify({ $return_value: value }) });
    return success;
  };

export function makeStep(name: string, change: Partial<Step> = {}): Step {
  return {
    id: `id-${name}`,
    name,
    title: name,
    code: `# ${name}`,
    apps: [],
    enabled: true,
    collapsed: false,
    note: "",
    dataStore: null,
    ...change,
  };
}

export function makeWorkflow(steps: readonly Step[], eventText = '{"n": 1}'): Workflow {
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
export function setUp(first: Workflow, plays: Record<string, Play>, change: Partial<RunDeps> = {}) {
  let workflow = first;
  const requests: StepRequest[] = [];
  const networks: RunNetwork[] = [];
  const begun: { packages: WorkflowPackages; fresh: boolean }[] = [];
  const kept: [readonly LockedPackage[], "run" | "person"][] = [];
  let updates: (emit: (event: StepEvent) => void) => StepOutcome | Promise<StepOutcome> = () => success;
  const stored = new Map<string, StepResultRecord>();
  const listeners = new Set<() => void>();
  const notices: string[] = [];
  const hooks = memoryHooks();
  const stop = vi.fn();
  const end = vi.fn();
  const runtime: Runtime = {
    state: () => ({ kind: "ready", pythonVersion: "3.14" }),
    subscribe: () => () => {},
    start: () => {},
    prepare: () => {},
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
    dataStore: async () => null,
    environment: async () => ({
      values: { KEY: "env-secret" },
      secrets: [{ name: "env.KEY", value: "env-secret" }],
    }),
    createRedactor,
    results: {
      listFor: async () => [...stored.values()],
      get: async (id) => stored.get(id.split(" ")[1] ?? "") ?? null,
      put: async (record) => void stored.set(record.stepId, record),
      delete: async (id) => void stored.delete(id.split(" ")[1] ?? ""),
    },
    networkPolicy: memoryPolicies().of("w1"),
    setPackages: (packages, by) => void kept.push([packages, by]),
    ask: async () => "deny",
    waitingRuns: memoryWaitingRuns(),
    hooks: hooks.hooks,
    notify: (message) => void notices.push(message),
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
    notices,
    hooks,
    stop,
    end,
    edit,
    state: (name: string) => stateOf(store.getState(), `id-${name}`),
  };
}
