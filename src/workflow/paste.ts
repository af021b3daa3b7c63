import { newId } from "../lib/id.ts";
import { freeName } from "./names.ts";
import { rewriteReferences } from "./python/references.ts";
import type { Step, Workflow } from "./types.ts";

/**
 * Puts copies of `steps` at `index`, with ids of their own. A name that is taken is replaced by a free one, and what refers to it
 * in the steps that come along is rewritten: among themselves they go on reading each other.
 */
export function pasteSteps(
  workflow: Workflow,
  index: number,
  steps: readonly Step[],
): { readonly workflow: Workflow; readonly ids: readonly string[] } {
  const taken = workflow.steps.map((step) => step.name);
  const pasted: Step[] = [];
  let codes = steps.map((step) => step.code);
  for (const [at, step] of steps.entries()) {
    const name = freeName(taken, step.name);
    taken.push(name);
    if (name !== step.name)
      codes = codes.map((code, place) => (place > at ? rewriteReferences(code, step.name, name) : code));
    pasted.push({ ...step, id: newId(), name, code: codes[at] ?? step.code });
  }
  const place = Math.min(Math.max(Math.trunc(index) || 0, 0), workflow.steps.length);
  return {
    workflow: { ...workflow, steps: workflow.steps.toSpliced(place, 0, ...pasted) },
    ids: pasted.map(({ id }) => id),
  };
}
