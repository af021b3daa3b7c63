import type { Workflow } from "./types.ts";

/**
 * A short text that changes with what a step runs: its name, its code, its attached apps and their accounts, its data store. Results
 * keep the fingerprint they were made with; one that differs from today's is stale. Empty for an unknown step.
 */
export function stepFingerprint(workflow: Workflow, stepId: string): string {
  const step = workflow.steps.find((candidate) => candidate.id === stepId);
  if (step === undefined) return "";
  const apps = step.apps.map(({ app, accountId }) => [app, accountId]);
  // Without one as before there were data stores, so that results of those days are not stale.
  const text = JSON.stringify([step.name, step.code, apps, ...(step.dataStore ? [step.dataStore.id] : [])]);
  return `${text.length.toString(36)}-${hash(text, 0x9e3779b9)}${hash(text, 0x85ebca6b)}`;
}

/** FNV-1a with a finish that spreads the last characters' bits; 32 bits as 8 hexadecimal digits. */
function hash(text: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return ((value ^ (value >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
