import type { Workflow } from "../types.ts";
import { rewriteReferences } from "./references.ts";

/** A step that reads another which does not run before it. */
export interface ReadsLater {
  readonly reader: string;
  readonly read: string;
}

/** Which steps read one that stands below them; `moved` is one of the two. */
export function readersOf(workflow: Workflow, moved: string): readonly ReadsLater[] {
  const place = workflow.steps.findIndex((step) => step.id === moved);
  const step = workflow.steps[place];
  if (step === undefined) return [];
  const below = workflow.steps.slice(place + 1).filter((other) => reads(step.code, other.name));
  const above = workflow.steps.slice(0, place).filter((other) => reads(other.code, step.name));
  return [
    ...below.map(({ name }) => ({ reader: step.name, read: name })),
    ...above.map(({ name }) => ({ reader: name, read: step.name })),
  ];
}

/** Whether code looks the step `name` up: whether renaming it would change the code. */
function reads(code: string, name: string): boolean {
  return code.includes(name) && rewriteReferences(code, name, `${name}_`) !== code;
}
