import type { StepWait } from "../../runtime/index.ts";
import type { Redactor } from "../../vault/index.ts";
import type { Step, Workflow } from "../../workflow/index.ts";
import type { RunKind } from "../plan.ts";
import type { WaitAddress, WaitingRun } from "./types.ts";

/** What is known of a run when one of its steps has asked it to wait. */
export interface WaitRequest {
  readonly workflow: Workflow;
  readonly runId: string;
  readonly runKind: RunKind;
  readonly plannedIds: readonly string[];
  /** The steps from where the run began, or has gone on. */
  readonly plan: readonly Step[];
  readonly step: Step;
  readonly stepStartedAt: number;
  /** How often the step has run in this run. */
  readonly runs: number;
  readonly wait: StepWait;
  readonly address: WaitAddress;
  readonly triggerJson: string;
  /** JSON text of what a step has exported in this run, secrets replaced. */
  readonly exportsOf: (stepId: string) => string | null;
  readonly redactor: Pick<Redactor, "json">;
}

/** True of a step that asks to be run again and has been as often as it may: then the workflow goes on with the next one (fact 25). */
export function isUsedUp(wait: StepWait, runs: number): boolean {
  return wait.kind === "rerun" && runs > wait.maxRetries;
}

/** The run as it waits from now on. */
export function beginWait(request: WaitRequest): WaitingRun {
  const { workflow, runId, plan, step, wait, redactor } = request;
  const since = Date.now();
  const index = plan.indexOf(step);
  const rest = plan.slice(wait.kind === "rerun" ? index : index + 1);
  const last = workflow.steps.findIndex(({ id }) => id === step.id);
  const exported = workflow.steps.slice(0, last + 1).flatMap(({ id, enabled }) => {
    const json = enabled || id === step.id ? request.exportsOf(id) : null;
    return json === null ? [] : [[id, json] as const];
  });
  return {
    id: `${workflow.id} ${runId}`,
    workflowId: workflow.id,
    runId,
    runKind: request.runKind,
    kind: wait.kind,
    stepId: step.id,
    stepStartedAt: request.stepStartedAt,
    plannedIds: request.plannedIds,
    stepIds: rest.map(({ id }) => id),
    since,
    due: since + wait.ms,
    triggerJson: redactor.json(request.triggerJson),
    exports: Object.fromEntries(exported),
    rerun:
      wait.kind === "rerun"
        ? { runs: request.runs + 1, context: redactor.json(wait.context), maxRetries: wait.maxRetries }
        : null,
    address: request.address,
  };
}

/** JSON text of an object with `$resume_data` put in. */
export function withResumeData(exportsJson: string | null, data: string): string {
  const before = exportsJson?.trim().replace(/\}$/, "").trimEnd() ?? "{";
  return `${before}${before.endsWith("{") ? "" : ", "}"$resume_data": ${data}}`;
}
