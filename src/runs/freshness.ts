import { fingerprint, type Step, type Workflow } from "../workflow/index.ts";
import type { RunDeps } from "./deps.ts";
import { type Ingredients, ingredientsOf } from "./fingerprint.ts";
import { type StaleReason, staleReasons } from "./staleness.ts";
import type { FinishedStep } from "./step-state.ts";
import type { StepResultRecord } from "./types.ts";

/** Knows what each step's last result was made of, and what its exports are by content. */
export interface Freshness {
  ingredients(workflow: Workflow, step: Step): Ingredients;
  /** Takes a new result down; gives the text that is stored with it. */
  keep(stepId: string, made: Ingredients, state: Pick<FinishedStep, "exportsJson" | "startedAt">): string;
  /** The exports of its last result were added to. */
  amend(stepId: string, exportsJson: string | null): void;
  /** A stored result. */
  restore(record: Pick<StepResultRecord, "stepId" | "fingerprint" | "exportsJson">): void;
  forget(stepId: string): void;
  /** Why the step's last result is not of today; empty where it is. */
  reasons(workflow: Workflow, step: Step): readonly StaleReason[];
}

/** Content of long exports that another version of Runnel stored. */
const UNKNOWN = "unknown";

/** Longer exports are compared with those before them instead of hashed. Characters of JSON. */
const HASHED = 256 * 1024;

export function createFreshness(deps: Pick<RunDeps, "revisions">): Freshness {
  const made = new Map<string, Ingredients | null>();
  const exported = new Map<string, { readonly json: string; readonly content: string }>();

  const ingredients = (workflow: Workflow, step: Step) =>
    ingredientsOf(workflow, step, (id) => exported.get(id)?.content ?? null, deps.revisions);

  /** Equal exports are the same content, whenever they were made. */
  function contentOf(stepId: string, json: string, startedAt: number): string {
    const before = exported.get(stepId);
    if (before?.json === json) return before.content;
    return json.length <= HASHED ? fingerprint(json) : `at ${startedAt}`;
  }

  function setExports(stepId: string, json: string | null, startedAt: number): string | null {
    const content = json === null ? null : contentOf(stepId, json, startedAt);
    if (json === null || content === null) exported.delete(stepId);
    else exported.set(stepId, { json, content });
    return content;
  }

  return {
    ingredients,
    keep(stepId, of, { exportsJson, startedAt }) {
      made.set(stepId, of);
      return JSON.stringify({ ...of, exports: setExports(stepId, exportsJson, startedAt) });
    },
    amend: (stepId, exportsJson) => void setExports(stepId, exportsJson, Date.now()),
    restore({ stepId, fingerprint: text, exportsJson }) {
      const stored = read(text);
      made.set(stepId, stored);
      if (exportsJson !== null)
        exported.set(stepId, {
          json: exportsJson,
          content: exportsJson.length <= HASHED ? fingerprint(exportsJson) : (stored?.exports ?? UNKNOWN),
        });
    },
    forget(stepId) {
      made.delete(stepId);
      exported.delete(stepId);
    },
    reasons: (workflow, step) =>
      staleReasons(made.get(step.id) ?? null, ingredients(workflow, step), workflow),
  };
}

/** Null where another version of Runnel wrote it. What is stored was checked to be a text only, but nobody else writes it. */
function read(text: string): (Ingredients & { readonly exports: string | null }) | null {
  try {
    const value: unknown = JSON.parse(text);
    return Object(value).version === 2 ? (value as Ingredients & { readonly exports: string | null }) : null;
  } catch {
    return null;
  }
}
