import { createStore } from "zustand/vanilla";
import { createRunHolder } from "./active-run.ts";
import type { RunDeps } from "./deps.ts";
import { changesBetween, type PackageUpdate, resolveAnew } from "./package-update.ts";
import { planRun, type RunKind } from "./plan.ts";
import { createResults } from "./results.ts";
import type { ActiveRun, RunState, RunStore } from "./run-state.ts";
import { type RunRequest, runSteps } from "./run-steps.ts";
import { createWaits } from "./waiting/waits.ts";

/** Runs of one open workflow and their last results. */
export function createRunStore(deps: RunDeps): RunStore {
  const store = createStore<RunState>((_set, get) => ({
    steps: {},
    running: null,
    updatePhase: "",
    waiting: [],
    goingOn: [],
    testStep: (stepId) => runPlanned("step", stepId),
    testUpTo: (stepId) => runPlanned("up-to", stepId),
    testFrom: (stepId) => runPlanned("from", stepId),
    testWorkflow: () => runPlanned("workflow", null),
    updatePackages,
    stop() {
      if (get().running) holder.stop();
    },
    resume: (runId, data = null) => waits.resume(runId, data),
    cancel: (runId) => waits.cancel(runId),
    clearResult: (stepId) => results.clear(stepId),
    async load() {
      try {
        await results.load();
      } finally {
        await waits.load();
      }
    },
    dispose() {
      get().stop();
      for (const stop of unsubscribe) stop();
      waits.dispose();
    },
  }));
  const { getState, setState } = store;
  const results = createResults(deps, store);
  const holder = createRunHolder(deps);
  const waits = createWaits(deps, store, results, (claim) => void run(nothingYet, claim));
  const parts = { deps, store, results, holder, waits };
  const unsubscribe = [
    deps.onWorkflowChange(results.markStale),
    deps.revisions?.onChange(results.markStale) ?? (() => {}),
  ];

  async function runPlanned(kind: RunKind, target: string | null): Promise<void> {
    const plan = planRun(deps.workflow(), kind, target);
    const stepIds = plan.map(({ id }) => id);
    if (plan.length === 0 || getState().running) return;
    if (kind === "step" && target !== null) waits.testedAnew(target);
    await run({ kind, stepIds, currentStepId: stepIds[0] ?? null }, { kind, plan, waited: null });
  }

  /** One run at a time. `first` shows while it isn't known yet whether `what` it is still is to be run. */
  async function run(first: ActiveRun, what: RunRequest | (() => Promise<RunRequest | null>)): Promise<void> {
    if (getState().running) return;
    setState({ running: first });
    try {
      const request = typeof what === "function" ? await what() : what;
      if (request) await runSteps(parts, request);
    } finally {
      end();
    }
  }

  function end(): void {
    holder.end();
    setState({ running: null, updatePhase: "" });
    results.markStale();
    waits.look();
  }

  async function updatePackages(): Promise<PackageUpdate> {
    if (getState().running) return { kind: "stopped" };
    const workflow = deps.workflow();
    setState({
      running: { kind: "packages", stepIds: [], currentStepId: null },
      updatePhase: "Starting Python…",
    });
    const nothing = { isAppHost: () => false, secrets: () => [], mask: (text: string) => text };
    const run = holder.begin(workflow, { ...nothing, stepName: () => "Update packages" }, true);
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

  return store;
}

/** Of a run that goes on after a wait, until it is claimed. */
const nothingYet: ActiveRun = { kind: "workflow", stepIds: [], currentStepId: null };
