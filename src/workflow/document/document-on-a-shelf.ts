import { newStep, newWorkflow } from "../create.ts";
import { insertStep, setName, updateStep } from "../edits.ts";
import type { Workflow } from "../types.ts";
import type { SaveOutcome } from "./autosave.ts";
import { createDocumentStore, type DocumentStoreOptions } from "./document-store.ts";

/** What the tests of the document store begin with: a workflow of one step, and a place where it is stored. */

/** Named `W`, with one step. */
export const start = insertStep(
  newWorkflow({ name: "W" }),
  0,
  newStep({ workflow: newWorkflow(), title: "Step", code: "", apps: [] }),
);
export const stepId = start.steps[0]?.id ?? "";

/** A repository of one document, with the revision check of the real ones. */
function shelf(workflow: Workflow, revision: number) {
  const stored = { workflow, revision, writes: 0, failWith: null as SaveOutcome | null };
  const save = async (next: Workflow, expected: number): Promise<SaveOutcome> => {
    stored.writes += 1;
    await Promise.resolve();
    if (stored.failWith !== null) return stored.failWith;
    if (expected !== stored.revision)
      return { kind: "conflict", revision: stored.revision, workflow: stored.workflow };
    stored.workflow = next;
    stored.revision += 1;
    return { kind: "saved", revision: stored.revision };
  };
  return { stored, save };
}

export function open(options: Partial<DocumentStoreOptions> = {}) {
  const { stored, save } = shelf(start, 1);
  const store = createDocumentStore({ workflow: start, revision: 1, save, ...options });
  return {
    stored,
    store,
    state: store.getState,
    type: (code: string, mergeKey = "code") =>
      store.getState().apply((w) => updateStep(w, stepId, { code }), { mergeKey }),
  };
}

export const name = (text: string) => (workflow: Workflow) => setName(workflow, text);
export const collapse = (collapsed: boolean) => (workflow: Workflow) =>
  updateStep(workflow, stepId, { collapsed });
export const QUOTA: SaveOutcome = { kind: "failed", reason: "quota", message: "full" };
