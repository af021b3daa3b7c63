import type { Workflow } from "./types.ts";

/** The trigger's key under `pd.steps`; no step can have it. */
export const TRIGGER_NAME = "trigger";

const LONGEST_NAME = 64;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether `name` can name a step at all: letters, digits and underscore, no digit first, not `trigger`. */
export function isStepName(name: string): boolean {
  return IDENTIFIER.test(name) && name.length <= LONGEST_NAME && name !== TRIGGER_NAME;
}

/** What is wrong with `name` for the step `stepId`, as a sentence for people; null where nothing is. */
export function checkStepName(workflow: Workflow, stepId: string, name: string): string | null {
  if (name === "") return "A step needs a name.";
  if (name === TRIGGER_NAME) return `"${TRIGGER_NAME}" is the name of the trigger. Choose another one.`;
  if (name.length > LONGEST_NAME) return `A step's name has at most ${LONGEST_NAME} characters.`;
  if (/^[0-9]/.test(name)) return "A step's name can't start with a digit.";
  if (!IDENTIFIER.test(name))
    return "A step's name is made of the letters A to Z, digits and underscores only.";
  const other = workflow.steps.find((step) => step.name === name && step.id !== stepId);
  return other === undefined ? null : `Another step of this workflow is named "${name}" already.`;
}

/** Anything as part of an identifier: what isn't a letter of A to Z, a digit or an underscore becomes `_`. */
export function identifierPart(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
}

/** The name a new step gets: `python`, `python_slack`; taken ones are counted up: `python_slack_2`. */
export function generateStepName(taken: Iterable<string>, appSlug: string | null): string {
  const part = appSlug === null ? "" : identifierPart(appSlug);
  return freeName(taken, part === "" ? "python" : `python_${part}`);
}

/** `wanted` where it is free, else with the lowest free number from 2 on: `name_2`. */
export function freeName(taken: Iterable<string>, wanted: string): string {
  const names = new Set(taken).add(TRIGGER_NAME);
  const base = wanted.slice(0, LONGEST_NAME);
  if (!names.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const suffix = `_${number}`;
    const name = base.slice(0, LONGEST_NAME - suffix.length) + suffix;
    if (!names.has(name)) return name;
  }
}

/** `python_slack` of `python_slack_2`: what a copy's name counts up from. */
export function withoutNumber(name: string): string {
  return name.replace(/(?<=[^_])_[0-9]+$/, "");
}
