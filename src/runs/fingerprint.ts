import { type Step, stepFingerprint, type Workflow } from "../workflow/index.ts";

/** When the last result of a step that has exports was made, by step id. */
export type ResultTimes = (stepId: string) => number | null;

/**
 * What went into a step's result: its own code and apps, the event, and which results of the steps above it saw. When today's
 * differs from the result's, the result is stale.
 */
export function resultFingerprint(workflow: Workflow, step: Step, times: ResultTimes): string {
  const above: string[] = [];
  for (const earlier of workflow.steps) {
    if (earlier.id === step.id) break;
    const time = earlier.enabled ? times(earlier.id) : null;
    if (time !== null) above.push(`${earlier.name}@${time}`);
  }
  return JSON.stringify([stepFingerprint(workflow, step.id), workflow.trigger.eventText, above]);
}
