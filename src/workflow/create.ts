import { newId } from "../lib/id.ts";
import { generateStepName } from "./names.ts";
import type { AttachedApp, Step, Trigger, Workflow } from "./types.ts";

const DEFAULT_TIME_LIMIT_SECONDS = 30;
/** What a new workflow is tested with. */
export const DEFAULT_EVENT = '{\n  "message": "Hello from Runnel"\n}';

const BLANK_HANDLER = `def handler(pd: "pipedream"):
    # What came before is in pd.steps: the trigger's event and context, and the exports of the steps above
    print(pd.steps["trigger"]["context"]["id"])
    # What is returned can be used by the steps below
    return {"foo": {"test": True}}
`;

/** A workflow with a manual trigger and no steps. */
export function newWorkflow(options: { readonly name?: string; readonly id?: string } = {}): Workflow {
  return {
    id: options.id ?? newId(),
    name: options.name?.trim() || "Untitled workflow",
    trigger: { kind: "manual", eventText: DEFAULT_EVENT, collapsed: false },
    steps: [],
    settings: { timeLimitSeconds: DEFAULT_TIME_LIMIT_SECONDS },
    packages: [],
  };
}

/** A step that is not in `workflow` yet, with a name that is free there; named after the first of `apps`. */
export function newStep(options: {
  readonly workflow: Workflow;
  readonly title: string;
  readonly code: string;
  readonly apps: readonly AttachedApp[];
}): Step {
  const taken = options.workflow.steps.map((step) => step.name);
  return {
    id: newId(),
    name: generateStepName(taken, options.apps[0]?.app ?? null),
    title: options.title,
    code: options.code,
    apps: options.apps,
    dataStore: null,
    enabled: true,
    collapsed: false,
    note: "",
  };
}

/**
 * A copy under fresh ids; names, code and chosen accounts stay, so that references between steps hold. A schedule is switched off in it.
 */
export function duplicateWorkflow(workflow: Workflow, name = `${workflow.name} (copy)`): Workflow {
  return {
    ...workflow,
    id: newId(),
    name,
    trigger: switchedOff(workflow.trigger),
    steps: workflow.steps.map((step) => ({ ...step, id: newId() })),
  };
}

/** A schedule that is copied would run both. */
function switchedOff(trigger: Trigger): Trigger {
  return trigger.kind === "schedule" ? { ...trigger, enabled: false } : trigger;
}

/** Code of a new blank step (fact 2 of the reference). */
export function blankHandler(): string {
  return BLANK_HANDLER;
}

/** Whether `code` is what a blank step starts with, or nothing at all. Spaces at line ends don't count. */
export function isUntouchedBlank(code: string): boolean {
  const normal = withoutTrailingSpace(code);
  return normal === "" || normal === withoutTrailingSpace(BLANK_HANDLER);
}

function withoutTrailingSpace(code: string): string {
  return code.replace(/[^\S\n]*(?=\n|$)/g, "").trim();
}
