import { newId } from "../lib/id.ts";
import type { GuardedSecret } from "../runtime/index.ts";
import type { Step } from "../workflow/index.ts";
import type { RunHolder } from "./active-run.ts";
import type { AccountForRun, RunDeps } from "./deps.ts";
import { guardedSecrets } from "./guarded-secrets.ts";
import type { RunKind } from "./plan.ts";
import type { Results } from "./results.ts";
import type { RunStore } from "./run-state.ts";
import { runStep } from "./run-step.ts";
import { gatherInputs } from "./step-inputs.ts";
import { createStepsBefore } from "./steps-before.ts";
import { beginWait, isUsedUp } from "./waiting/begin-wait.ts";
import type { Continuation } from "./waiting/go-on.ts";
import type { Waits } from "./waiting/waits.ts";

/** What a run is made of. */
export interface RunParts {
  readonly deps: RunDeps;
  readonly store: RunStore;
  readonly results: Results;
  readonly holder: RunHolder;
  readonly waits: Pick<Waits, "offer" | "add">;
}

/** A run of some steps, one after the other; `waited`: it has begun earlier. */
export interface RunRequest {
  readonly kind: RunKind;
  readonly plan: readonly Step[];
  readonly waited: Continuation | null;
}

/** Runs steps to the first that doesn't let the next one begin. The caller says that something runs, and that it is over. */
export async function runSteps(
  { deps, store, results, holder, waits }: RunParts,
  { kind, plan, waited }: RunRequest,
): Promise<void> {
  const { getState, setState } = store;
  const workflow = deps.workflow();
  const runId = waited?.runId ?? newId();
  const stepIds = plan.map(({ id }) => id);
  let current = "";
  let accounts: readonly AccountForRun[] = [];
  let secrets: readonly GuardedSecret[] = [];
  let mask = (text: string) => text;
  const recorded = deps.history?.begin({
    workflow,
    kind,
    plan: waited ? workflow.steps.filter(({ id }) => waited.plannedIds.includes(id)) : plan,
    runId,
  });
  const runtime = holder.begin(workflow, {
    isAppHost: (host) => accounts.some((account) => account.belongsTo(host)),
    secrets: () => secrets,
    stepName: () => current,
    mask: (text) => mask(text),
  });
  let hasToWait = false;
  try {
    const [inputs] = await Promise.all([
      gatherInputs(deps, workflow, waited?.triggerJson),
      deps.networkPolicy.ready(),
    ]);
    accounts = inputs.accounts;
    secrets = guardedSecrets(inputs.accounts);
    const redactor = deps.createRedactor(inputs.secrets);
    mask = redactor.text;
    recorded?.hide(redactor);
    const exportsOf = (stepId: string) =>
      (waited ? waited.exports.get(stepId) : getState().steps[stepId]?.exportsJson) ?? null;
    const stepsBefore = createStepsBefore(redactor, inputs.triggerJson, exportsOf);
    const shared = { workflow, inputs, redactor, runtime, stepsBefore, recorded };
    for (const step of plan) {
      if (holder.stopped) break;
      current = step.name;
      // The same once more would be drawn once more.
      if (getState().running?.currentStepId !== step.id)
        setState({ running: { kind, stepIds, currentStepId: step.id } });
      const offer = await waits.offer(step.code);
      try {
        if (holder.stopped) break;
        const run = waited?.run?.stepId === step.id ? waited.run.flow : { runs: 1, context: null };
        const one = { step, isFollowed: step !== plan.at(-1), flow: { urls: offer.urls, run } };
        const { outcome, state } = await runStep(deps, results, one, shared);
        waited?.exports.set(step.id, state.exportsJson);
        if (outcome.status !== "success" || outcome.exit || holder.stopped) break;
        if (!outcome.wait) continue;
        if (isUsedUp(outcome.wait, run.runs)) {
          results.amend(step.id, state.startedAt, (result) => ({
            ...result,
            summary: `${result.summary} · run ${run.runs}, no retry left`,
          }));
          continue;
        }
        const waitingRun = beginWait({
          workflow,
          runId,
          runKind: kind,
          plannedIds: waited?.plannedIds ?? stepIds,
          plan,
          step,
          stepStartedAt: state.startedAt,
          runs: run.runs,
          wait: outcome.wait,
          address: offer.address,
          triggerJson: inputs.triggerJson,
          exportsOf,
          redactor,
        });
        await waits.add(waitingRun);
        hasToWait = true;
        break;
      } finally {
        offer.settle(hasToWait);
      }
    }
  } finally {
    void recorded?.end(hasToWait ? "waiting" : undefined);
  }
}
