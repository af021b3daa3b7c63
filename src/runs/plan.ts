import type { Step, Workflow } from "../workflow/index.ts";

/** `step`: one alone; `up-to`: from the first to it; `from`: it and all below; `workflow`: all. */
export type RunKind = "step" | "up-to" | "from" | "workflow";

/** The steps a run goes through, in order. Disabled ones are passed over, unless one is tested by itself. */
export function planRun(workflow: Workflow, kind: RunKind, target: string | null): readonly Step[] {
  if (kind === "workflow") return workflow.steps.filter((step) => step.enabled);
  const index = workflow.steps.findIndex((step) => step.id === target);
  if (index < 0) return [];
  if (kind === "step") return workflow.steps.slice(index, index + 1);
  if (kind === "from")
    return workflow.steps.slice(index).filter((step) => step.enabled || step.id === target);
  return workflow.steps.slice(0, index + 1).filter((step) => step.enabled || step.id === target);
}
