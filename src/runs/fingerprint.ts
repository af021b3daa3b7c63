import {
  codeFacts,
  fingerprint,
  parseEvent,
  type Step,
  TRIGGER_NAME,
  type Workflow,
} from "../workflow/index.ts";
import type { Revisions } from "./deps.ts";

/**
 * What went into a step's result. Never a value: of accounts and variables the revisions, which change with their values and say nothing
 * about them; of code, event and exports short fingerprints.
 */
export interface Ingredients {
  readonly version: 2;
  readonly code: string;
  /** The steps that the code looks up, in order: their ids, or names where there are none of them. */
  readonly lookups: readonly string[];
  /** By slug: the account, and the revision of its properties (null: none, or not known). */
  readonly apps: Readonly<Record<string, readonly [account: string | null, revision: string | null]>>;
  /** Revisions of the environment variables that it reads, by name; null: not known. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** Id of the attached data store; null: none. */
  readonly dataStore: string | null;
  /** Null where it doesn't read the event. */
  readonly event: string | null;
  /** What the steps above exported that it reads: by step id, `[name, fingerprint of the exports]`. */
  readonly above: Readonly<Record<string, readonly [name: string, exports: string]>>;
}

/** Fingerprint of a step's last exports; null where it has none. */
export type ExportsOf = (stepId: string) => string | null;

/** What goes into a result of `step` today. */
export function ingredientsOf(
  workflow: Workflow,
  step: Step,
  exportsOf: ExportsOf,
  revisions: Revisions | undefined,
): Ingredients {
  const facts = codeFacts(step.code);
  const ids = new Map(workflow.steps.map(({ name, id }) => [name, id]));
  const lookups = new Set(facts.lookups);
  const above: Record<string, readonly [string, string]> = {};
  for (const { id, name, enabled } of workflow.steps) {
    if (id === step.id) break;
    const exports = enabled && (facts.readsAnyStep || lookups.has(name)) ? exportsOf(id) : null;
    if (exports !== null) above[id] = [name, exports];
  }
  const readsEvent = facts.readsAnyStep || lookups.has(TRIGGER_NAME);
  return {
    version: 2,
    code: facts.fingerprint,
    lookups: facts.lookups.map((name) => ids.get(name) ?? name),
    apps: Object.fromEntries(
      step.apps.map(({ app, accountId }) => [
        app,
        [accountId, accountId === null ? null : (revisions?.account(accountId) ?? null)],
      ]),
    ),
    variables: variablesOf(facts, revisions?.variables() ?? null),
    dataStore: step.dataStore?.id ?? null,
    event: readsEvent ? eventFingerprint(workflow.trigger.eventText) : null,
    above,
  };
}

function variablesOf(
  { variables, readsAnyVariable }: ReturnType<typeof codeFacts>,
  revisions: Readonly<Record<string, string>> | null,
): Readonly<Record<string, string>> | null {
  if (readsAnyVariable || revisions === null) return revisions;
  return Object.fromEntries(
    variables.flatMap((name) => {
      const revision = revisions[name];
      return revision === undefined ? [] : [[name, revision]];
    }),
  );
}

let lastEvent = { text: "", fingerprint: "" };

/** Of the value: spaces between its parts change nothing. */
function eventFingerprint(text: string): string {
  if (lastEvent.text !== text || lastEvent.fingerprint === "") {
    const event = parseEvent(text);
    lastEvent = { text, fingerprint: fingerprint(event.ok ? JSON.stringify(event.value) : text) };
  }
  return lastEvent.fingerprint;
}
