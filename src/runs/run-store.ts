import { createStore, type StoreApi } from "zustand/vanilla";
import { pause } from "../lib/slices.ts";
import type { GuardedSecret, RuntimeRun, StepOutcome } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";
import type { Step, Workflow } from "../workflow/index.ts";
import { noteDenials } from "./denied-hosts.ts";
import type { AccountForRun, RunDeps } from "./deps.ts";
import { resultFingerprint } from "./fingerprint.ts";
import { guardedSecrets } from "./guarded-secrets.ts";
import { changesBetween, type PackageUpdate, packagesOf, resolveAnew } from "./package-update.ts";
import { planRun, type RunKind } from "./plan.ts";
import { createRunNetwork, type RunNetworkDeps } from "./run-network.ts";
import { gatherInputs, type RunInputs } from "./step-inputs.ts";
import { createStepRun } from "./step-run.ts";
import { type StepRunState, storedState, toRecord, untestedState } from "./step-state.ts";
import { createStepsBefore, type StepsBefore } from "./steps-before.ts";

/** The run that goes on now. */
export interface ActiveRun {
  /** `packages`: no step runs, their packages are updated. */
  readonly kind: RunKind | "packages";
  readonly stepIds: readonly string[];
  readonly currentStepId: string | null;
}

export interface RunState {
  /** By step id; a step that was never tested has none: see `stateOf`. */
  readonly steps: Readonly<Record<string, StepRunState>>;
  readonly running: ActiveRun | null;
  /** What *Update packages* is about to do; empty while it isn't going on. */
  readonly updatePhase: string;
  /** Runs one step with the saved exports of the steps above it. */
  testStep(stepId: string): Promise<void>;
  /** Runs all enabled steps from the first to this one, one after the other. */
  testUpTo(stepId: string): Promise<void>;
  testWorkflow(): Promise<void>;
  /** Resolves all packages anew and makes them the workflow's. Stopped at once where something runs. */
  updatePackages(): Promise<PackageUpdate>;
  stop(): void;
  clearResult(stepId: string): void;
  /** Reads the stored results; once, when the workflow is opened. */
  load(): Promise<void>;
  /** The workflow is closed: what runs is stopped. */
  dispose(): void;
}

/** What the steps of one run share. */
interface RunOfSteps {
  readonly workflow: Workflow;
  readonly inputs: RunInputs;
  readonly redactor: Redactor;
  readonly runtime: RuntimeRun;
  readonly stepsBefore: StepsBefore;
}

export type RunStore = StoreApi<RunState>;

const untested = untestedState();

/** A step's state, also where it was never tested. */
export function stateOf(state: Pick<RunState, "steps">, stepId: string): StepRunState {
  return state.steps[stepId] ?? untested;
}

/** Runs of one open workflow and their last results. */
export function createRunStore(deps: RunDeps): RunStore {
  const fingerprints = new Map<string, string>();
  let activeRun: RuntimeRun | null = null;
  let stopped = false;
  let withdrawQuestions = new AbortController();

  const store = createStore<RunState>((set, get) => ({
    steps: {},
    running: null,
    updatePhase: "",
    testStep: (stepId) => run("step", stepId),
    testUpTo: (stepId) => run("up-to", stepId),
    testWorkflow: () => run("workflow", null),
    updatePackages,
    stop() {
      if (!get().running) return;
      stopped = true;
      withdrawQuestions.abort();
      activeRun?.stop();
    },
    clearResult(stepId) {
      const { [stepId]: _removed, ...steps } = get().steps;
      fingerprints.delete(stepId);
      set({ steps });
      void deps.results.delete(`${deps.workflow().id} ${stepId}`);
    },
    async load() {
      const records = await deps.results.listFor(deps.workflow().id);
      for (const record of records) fingerprints.set(record.stepId, record.fingerprint);
      // A step that was tested meanwhile keeps its newer result.
      set({
        steps: {
          ...Object.fromEntries(records.map((record) => [record.stepId, storedState(record)])),
          ...get().steps,
        },
      });
      markStale();
    },
    dispose() {
      get().stop();
      unsubscribe();
    },
  }));
  const unsubscribe = deps.onWorkflowChange(markStale);
  const { getState, setState } = store;

  function setStep(stepId: string, state: StepRunState): void {
    setState({ steps: { ...getState().steps, [stepId]: state } });
  }

  const resultTime = (stepId: string): number | null => {
    const state = getState().steps[stepId];
    return state?.exportsJson ? state.startedAt : null;
  };

  /** Compares each result with what would go into it today. Only states that change are made anew. */
  function markStale(): void {
    const workflow = deps.workflow();
    const { steps } = getState();
    const changed: Record<string, StepRunState> = {};
    for (const step of workflow.steps) {
      const state = steps[step.id];
      if (!state || state.status === "running" || state.status === "not-tested") continue;
      const stale = fingerprints.get(step.id) !== resultFingerprint(workflow, step, resultTime);
      if (stale !== state.stale) changed[step.id] = { ...state, stale };
    }
    if (Object.keys(changed).length > 0) setState({ steps: { ...steps, ...changed } });
  }

  async function run(kind: RunKind, target: string | null): Promise<void> {
    if (getState().running) return;
    const workflow = deps.workflow();
    const plan = planRun(workflow, kind, target);
    if (plan.length === 0) return;
    setState({ running: { kind, stepIds: plan.map(({ id }) => id), currentStepId: plan[0]?.id ?? null } });
    let current = "";
    let accounts: readonly AccountForRun[] = [];
    let secrets: readonly GuardedSecret[] = [];
    let mask = (text: string) => text;
    const runtimeRun = begin(workflow, {
      isAppHost: (host) => accounts.some((account) => account.belongsTo(host)),
      secrets: () => secrets,
      stepName: () => current,
      mask: (text) => mask(text),
    });
    try {
      const [inputs] = await Promise.all([gatherInputs(deps, workflow), deps.networkPolicy.ready()]);
      accounts = inputs.accounts;
      secrets = guardedSecrets(inputs.accounts);
      const redactor = deps.createRedactor(inputs.secrets);
      mask = redactor.text;
      const stepsBefore = createStepsBefore(redactor, inputs.triggerJson, (id) => getState().steps[id]);
      for (const step of plan) {
        if (stopped) break;
        current = step.name;
        setState({ running: { kind, stepIds: plan.map(({ id }) => id), currentStepId: step.id } });
        const outcome = await runStep(step, step !== plan.at(-1), {
          workflow,
          inputs,
          redactor,
          runtime: runtimeRun,
          stepsBefore,
        });
        if (outcome.status !== "success" || outcome.exit) break;
      }
    } finally {
      end();
    }
  }

  /** Begins a run at the runtime; `end` ends it. */
  function begin(
    workflow: Workflow,
    asking: Pick<RunNetworkDeps, "isAppHost" | "secrets" | "stepName" | "mask">,
    fresh = false,
  ): RuntimeRun {
    stopped = false;
    withdrawQuestions = new AbortController();
    const { signal } = withdrawQuestions;
    const network = noteDenials(
      createRunNetwork({
        policy: deps.networkPolicy,
        ask: deps.ask,
        stop: () => store.getState().stop(),
        signal,
        ...asking,
      }),
    );
    const packages = packagesOf(fresh ? { ...workflow, packages: [] } : workflow);
    const run = deps.runtime.beginRun({ workflowId: workflow.id, network, packages, fresh });
    const explained: RuntimeRun = {
      ...run,
      step: async (request, onEvent) => network.explain(await run.step(request, onEvent)),
    };
    activeRun = explained;
    return explained;
  }

  function end(): void {
    withdrawQuestions.abort();
    activeRun?.end();
    activeRun = null;
    setState({ running: null, updatePhase: "" });
    markStale();
  }

  async function updatePackages(): Promise<PackageUpdate> {
    if (getState().running) return { kind: "stopped" };
    const workflow = deps.workflow();
    setState({
      running: { kind: "packages", stepIds: [], currentStepId: null },
      updatePhase: "Starting Python…",
    });
    const run = begin(
      workflow,
      { isAppHost: () => false, secrets: () => [], stepName: () => "Update packages", mask: (text) => text },
      true,
    );
    try {
      await deps.networkPolicy.ready();
      const { outcome, packages } = await resolveAnew(run, (text) => setState({ updatePhase: text }));
      if (outcome.status === "failed") return { kind: "failed", error: outcome.error };
      if (outcome.status === "stopped") return { kind: "stopped" };
      deps.setPackages(packages, "person");
      return { kind: "updated", changes: changesBetween(workflow.packages, packages) };
    } finally {
      end();
    }
  }

  async function runStep(
    step: Step,
    isFollowed: boolean,
    { workflow, inputs, redactor, runtime, stepsBefore }: RunOfSteps,
  ): Promise<StepOutcome> {
    const steps = await stepsBefore.of(workflow, step);
    const accounts = inputs.accountsOf(step);
    const shownSteps = steps.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join(",");
    const shownInputs = `{"steps":{${shownSteps}},"inputs":${redactor.json(JSON.stringify(accounts))},"env":${redactor.json(JSON.stringify(inputs.env))}}`;
    const fingerprint = resultFingerprint(workflow, step, resultTime);
    const stepRun = createStepRun(redactor, shownInputs, (state) => setStep(step.id, state));
    const problem = inputs.problemOf(step);
    const outcome: StepOutcome = problem
      ? { status: "failed", error: problem }
      : await runtime.step(
          {
            name: step.name,
            code: step.code,
            steps,
            isFollowed,
            inputs: accounts,
            unconnected: inputs.unconnected(step),
            env: inputs.env,
            timeLimitMs: workflow.settings.timeLimitSeconds * 1000,
          },
          (event) => {
            if (event.type === "locked") deps.setPackages(event.packages, "run");
            else stepRun.onEvent(event);
          },
        );
    const state = await stepRun.finish(outcome);
    stepsBefore.masked(step.id, state.exportsJson);
    fingerprints.set(step.id, fingerprint);
    setStep(step.id, state);
    // The next step begins first: writing megabytes takes the page a while.
    void (isFollowed ? pause() : Promise.resolve())
      .then(() => deps.results.put(toRecord(workflow.id, step.id, state, stepRun.log, fingerprint)))
      .catch((error: unknown) => {
        deps.onStoreFailure(
          `The result of ${step.name} could not be stored and will be gone after a reload: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
    return outcome;
  }

  return store;
}
