import { createStore } from "zustand/vanilla";
import type { GuardedSecret } from "../runtime/index.ts";
import type { Step } from "../workflow/index.ts";
import { createRunHolder } from "./active-run.ts";
import type { AccountForRun, RunDeps } from "./deps.ts";
import { guardedSecrets } from "./guarded-secrets.ts";
import { changesBetween, type PackageUpdate, resolveAnew } from "./package-update.ts";
import { planRun, type RunKind } from "./plan.ts";
import { createResults } from "./results.ts";
import type { RunState, RunStore } from "./run-state.ts";
import { runStep } from "./run-step.ts";
import { gatherInputs } from "./step-inputs.ts";
import { createStepsBefore } from "./steps-before.ts";

/** Runs of one open workflow and their last results. */
export function createRunStore(deps: RunDeps): RunStore {
  const store = createStore<RunState>((_set, get) => ({
    steps: {},
    running: null,
    updatePhase: "",
    testStep: (stepId) => runPlanned("step", stepId),
    testUpTo: (stepId) => runPlanned("up-to", stepId),
    testWorkflow: () => runPlanned("workflow", null),
    updatePackages,
    stop() {
      if (get().running) holder.stop();
    },
    clearResult: (stepId) => results.clear(stepId),
    load: () => results.load(),
    dispose() {
      get().stop();
      unsubscribe();
    },
  }));
  const { getState, setState } = store;
  const results = createResults(deps, store);
  const holder = createRunHolder(deps);
  const unsubscribe = deps.onWorkflowChange(results.markStale);

  const runPlanned = (kind: RunKind, target: string | null): Promise<void> =>
    run(kind, planRun(deps.workflow(), kind, target));

  /** Runs steps one after the other, to the first that doesn't let the next one begin. */
  async function run(kind: RunKind, plan: readonly Step[]): Promise<void> {
    if (getState().running || plan.length === 0) return;
    const workflow = deps.workflow();
    const stepIds = plan.map(({ id }) => id);
    setState({ running: { kind, stepIds, currentStepId: stepIds[0] ?? null } });
    let current = "";
    let accounts: readonly AccountForRun[] = [];
    let secrets: readonly GuardedSecret[] = [];
    let mask = (text: string) => text;
    const recorded = deps.history?.begin({ workflow, kind, plan });
    const runtime = holder.begin(workflow, {
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
      recorded?.hide(redactor);
      const stepsBefore = createStepsBefore(redactor, inputs.triggerJson, (id) => getState().steps[id]);
      const shared = { workflow, inputs, redactor, runtime, stepsBefore, recorded };
      for (const step of plan) {
        if (holder.stopped) break;
        current = step.name;
        setState({ running: { kind, stepIds, currentStepId: step.id } });
        const outcome = await runStep(deps, results, step, step !== plan.at(-1), shared);
        if (outcome.status !== "success" || outcome.exit) break;
      }
    } finally {
      end();
      void recorded?.end();
    }
  }

  function end(): void {
    holder.end();
    setState({ running: null, updatePhase: "" });
    results.markStale();
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
