import type { StepFlow } from "../../runtime/index.ts";
import { withResumeData } from "./begin-wait.ts";
import type { WaitEnd, WaitingRun } from "./types.ts";

/** What a run that goes on after a wait brings along, in the place of what a new one gathers. */
export interface Continuation {
  readonly runId: string;
  /** All steps that it was to go through when it began. */
  readonly plannedIds: readonly string[];
  readonly triggerJson: string;
  /** By step id; steps that run from here on are added. */
  readonly exports: Map<string, string | null>;
  /** `pd.context["run"]` of the first step, where it is run again. */
  readonly run: { readonly stepId: string; readonly flow: StepFlow["run"] } | null;
}

/** How the run goes on after its wait. `data`: what `resumeData` gave, secrets replaced. */
export function continuationOf(run: WaitingRun, how: WaitEnd, data: string | null): Continuation {
  const exports = new Map<string, string | null>(Object.entries(run.exports));
  if (data !== null) exports.set(run.stepId, withResumeData(exports.get(run.stepId) ?? null, data));
  return {
    runId: run.runId,
    plannedIds: run.plannedIds,
    triggerJson: run.triggerJson,
    exports,
    run: run.rerun && {
      stepId: run.stepId,
      flow: {
        runs: run.rerun.runs,
        context: JSON.parse(run.rerun.context),
        ...(how.kind === "resumed" && how.request !== null ? { callback_request: how.request } : {}),
      },
    },
  };
}

/** JSON text of the step's export `$resume_data`; null where it gets none. */
export function resumeData(run: WaitingRun, how: WaitEnd): string | null {
  return run.kind === "rerun" || how.kind !== "resumed" ? null : how.data;
}
