import { newId } from "../lib/id.ts";
import { isSameJson } from "../lib/json.ts";
import type { LockedPackage } from "../lib/locked-package.ts";
import { freeName, isStepName, withoutNumber } from "./names.ts";
import { rewriteReferences } from "./python/references.ts";
import type { Step, Workflow } from "./types.ts";

/**
 * Every edit of a workflow. Each gives a new workflow and leaves the one it was given as it is; where there is nothing
 * to change (an unknown step, the value that is there already) it gives back that very workflow.
 */

export const SHORTEST_TIME_LIMIT_SECONDS = 1;
export const LONGEST_TIME_LIMIT_SECONDS = 750;

/** What `updateStep` can change; the name has its own edit, as other steps refer to it. */
export type StepPatch = Partial<Pick<Step, "title" | "code" | "note" | "enabled" | "collapsed">>;

/** Puts `step` at `index` (0: first). A name or an id that is taken is replaced by a free one. */
export function insertStep(workflow: Workflow, index: number, step: Step): Workflow {
  const { steps } = workflow;
  const place = Math.min(Math.max(Math.trunc(index) || 0, 0), steps.length);
  const inserted: Step = {
    ...step,
    id: steps.some((other) => other.id === step.id) ? newId() : step.id,
    name: freeName(
      steps.map((other) => other.name),
      step.name,
    ),
  };
  return { ...workflow, steps: steps.toSpliced(place, 0, inserted) };
}

export function removeStep(workflow: Workflow, stepId: string): Workflow {
  const index = indexOf(workflow, stepId);
  return index < 0 ? workflow : { ...workflow, steps: workflow.steps.toSpliced(index, 1) };
}

/** Puts a copy right below the step: its own id and a counted-up name, everything else the same. */
export function duplicateStep(workflow: Workflow, stepId: string): Workflow {
  const index = indexOf(workflow, stepId);
  const step = workflow.steps[index];
  if (step === undefined) return workflow;
  return insertStep(workflow, index + 1, { ...step, id: newId(), name: withoutNumber(step.name) });
}

/** Moves a step so that it stands at `index` (0: first) of the list without it. */
export function moveStepTo(workflow: Workflow, stepId: string, index: number): Workflow {
  const from = indexOf(workflow, stepId);
  const step = workflow.steps[from];
  const place = Math.min(Math.max(Math.trunc(index) || 0, 0), workflow.steps.length - 1);
  if (step === undefined || place === from) return workflow;
  return { ...workflow, steps: workflow.steps.toSpliced(from, 1).toSpliced(place, 0, step) };
}

export function updateStep(workflow: Workflow, stepId: string, patch: StepPatch): Workflow {
  return changeStep(workflow, stepId, (step) => ({ ...step, ...patch }));
}

/**
 * Renames a step and rewrites what refers to it in the steps below, `pd.steps["old"]` for instance, see
 * `rewriteReferences`. A name that `checkStepName` finds fault with changes nothing.
 */
export function renameStep(workflow: Workflow, stepId: string, name: string): Workflow {
  const index = indexOf(workflow, stepId);
  const old = workflow.steps[index]?.name;
  const taken = workflow.steps.some((step) => step.name === name);
  if (old === undefined || taken || !isStepName(name)) return workflow;
  const steps = workflow.steps.map((step, at) => {
    if (at < index) return step;
    if (at === index) return { ...step, name };
    const code = rewriteReferences(step.code, old, name);
    return code === step.code ? step : { ...step, code };
  });
  return { ...workflow, steps };
}

/** Attaches an app; where it is attached already, `accountId` becomes its account unless it is null. */
export function attachApp(
  workflow: Workflow,
  stepId: string,
  app: string,
  accountId: string | null,
): Workflow {
  return changeStep(workflow, stepId, (step) => {
    if (!step.apps.some((attached) => attached.app === app))
      return { ...step, apps: [...step.apps, { app, accountId }] };
    return accountId === null ? step : withAccount(step, app, accountId);
  });
}

export function detachApp(workflow: Workflow, stepId: string, app: string): Workflow {
  return changeStep(workflow, stepId, (step) => {
    const apps = step.apps.filter((attached) => attached.app !== app);
    return apps.length === step.apps.length ? step : { ...step, apps };
  });
}

/** Attaches a data store to the step, in the place of another one; null: it is chosen later. */
export function attachDataStore(workflow: Workflow, stepId: string, id: string | null): Workflow {
  return changeStep(workflow, stepId, (step) =>
    step.dataStore?.id === id ? step : { ...step, dataStore: { id } },
  );
}

export function detachDataStore(workflow: Workflow, stepId: string): Workflow {
  return changeStep(workflow, stepId, (step) => ({ ...step, dataStore: null }));
}

/** Chooses the account of an app that is attached to the step; null: none. */
export function chooseAccount(
  workflow: Workflow,
  stepId: string,
  app: string,
  accountId: string | null,
): Workflow {
  return changeStep(workflow, stepId, (step) => withAccount(step, app, accountId));
}

/** Sets the trigger's event as typed; it need not be valid JSON (yet). */
export function setEventText(workflow: Workflow, eventText: string): Workflow {
  if (eventText === workflow.trigger.eventText) return workflow;
  return { ...workflow, trigger: { ...workflow.trigger, eventText } };
}

export function setTriggerCollapsed(workflow: Workflow, collapsed: boolean): Workflow {
  if (collapsed === workflow.trigger.collapsed) return workflow;
  return { ...workflow, trigger: { ...workflow.trigger, collapsed } };
}

/** Collapses or expands the trigger's card and all steps'. */
export function setAllCollapsed(workflow: Workflow, collapsed: boolean): Workflow {
  const isSo = workflow.steps.every((step) => step.collapsed === collapsed);
  const steps = isSo
    ? workflow.steps
    : workflow.steps.map((step) => (step.collapsed === collapsed ? step : { ...step, collapsed }));
  return setTriggerCollapsed(isSo ? workflow : { ...workflow, steps }, collapsed);
}

/** Sets the time limit of a step in whole seconds; what is beyond 1 to 750 is brought to the nearer end. */
export function setTimeLimit(workflow: Workflow, seconds: number): Workflow {
  const timeLimitSeconds = Math.round(
    Math.min(Math.max(seconds, SHORTEST_TIME_LIMIT_SECONDS), LONGEST_TIME_LIMIT_SECONDS),
  );
  if (Number.isNaN(timeLimitSeconds) || timeLimitSeconds === workflow.settings.timeLimitSeconds)
    return workflow;
  return { ...workflow, settings: { ...workflow.settings, timeLimitSeconds } };
}

/** Names the workflow; a name of spaces only changes nothing. */
export function setName(workflow: Workflow, name: string): Workflow {
  const trimmed = name.replace(/\s+/g, " ").trim();
  return trimmed === "" || trimmed === workflow.name ? workflow : { ...workflow, name: trimmed };
}

/** Sets what runs install; the same packages change nothing. */
export function setPackages(workflow: Workflow, packages: readonly LockedPackage[]): Workflow {
  return isSameJson(packages, workflow.packages) ? workflow : { ...workflow, packages };
}

function indexOf(workflow: Workflow, stepId: string): number {
  return workflow.steps.findIndex((step) => step.id === stepId);
}

/** Replaces one step by what `change` makes of it; the same workflow where no property of it differs. */
function changeStep(workflow: Workflow, stepId: string, change: (step: Step) => Step): Workflow {
  const index = indexOf(workflow, stepId);
  const step = workflow.steps[index];
  if (step === undefined) return workflow;
  const changed = change(step);
  return sameStep(step, changed) ? workflow : { ...workflow, steps: workflow.steps.with(index, changed) };
}

function sameStep(a: Step, b: Step): boolean {
  return (Object.keys(b) as (keyof Step)[]).every((key) => Object.is(a[key], b[key]));
}

function withAccount(step: Step, app: string, accountId: string | null): Step {
  const index = step.apps.findIndex((attached) => attached.app === app);
  const attached = step.apps[index];
  if (attached === undefined || attached.accountId === accountId) return step;
  return { ...step, apps: step.apps.with(index, { ...attached, accountId }) };
}
