import { isSameJson } from "../../lib/json.ts";
import type { Step, Trigger, Workflow } from "../types.ts";

/** What of a workflow is how it is looked at, not what it does: which of its cards are collapsed. */

/** Whether two workflows differ in nothing but that. */
export function isSameButView(a: Workflow, b: Workflow): boolean {
  return (
    a.name === b.name &&
    isSameTrigger(a.trigger, b.trigger) &&
    isSameJson(a.settings, b.settings) &&
    a.packages === b.packages &&
    a.steps.length === b.steps.length &&
    a.steps.every((step, index) => isSameStep(step, b.steps[index]))
  );
}

/** `workflow` with its cards collapsed as they are in `seen`; those that are not there stay as they are. */
export function withViewOf(seen: Workflow, workflow: Workflow): Workflow {
  const collapsed = new Map(seen.steps.map((step) => [step.id, step.collapsed]));
  let changed = false;
  const steps = workflow.steps.map((step) => {
    const wanted = collapsed.get(step.id) ?? step.collapsed;
    changed ||= wanted !== step.collapsed;
    return wanted === step.collapsed ? step : { ...step, collapsed: wanted };
  });
  const trigger =
    seen.trigger.collapsed === workflow.trigger.collapsed
      ? workflow.trigger
      : { ...workflow.trigger, collapsed: seen.trigger.collapsed };
  return changed || trigger !== workflow.trigger ? { ...workflow, trigger, steps } : workflow;
}

/**
 * `workflow`, which undo or redo leads to from `seen`, with the packages of `seen`: what runs have installed since is no edit to
 * be taken back. Where the packages are all that differs it was they that were edited (*Update packages*).
 */
export function withPackagesOf(seen: Workflow, workflow: Workflow): Workflow {
  if (seen.packages === workflow.packages) return workflow;
  const kept = { ...workflow, packages: seen.packages };
  return isSameButView(seen, kept) ? workflow : kept;
}

function isSameTrigger(a: Trigger, b: Trigger): boolean {
  return a === b || isSameJson({ ...a, collapsed: false }, { ...b, collapsed: false });
}

function isSameStep(a: Step, b: Step | undefined): boolean {
  if (a === b) return true;
  return (
    b !== undefined &&
    (Object.keys(a) as (keyof Step)[]).every((key) => key === "collapsed" || Object.is(a[key], b[key]))
  );
}
