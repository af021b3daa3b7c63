import type { LockedPackage } from "../lib/locked-package.ts";

/** The document: what a person edits. Plain JSON data, never mutated; every edit makes a new value. */

/** An app attached to a step, and which of its accounts the step uses (`null`: none chosen yet). */
export interface AttachedApp {
  /** Slug of the app, which is also its key under `pd.inputs`. */
  readonly app: string;
  readonly accountId: string | null;
}

/** A data store attached to a step, `pd.inputs["data_store"]` (`null`: none chosen yet). */
export interface AttachedDataStore {
  readonly id: string | null;
}

/** One Python step. */
export interface Step {
  readonly id: string;
  /** Python identifier, unique in the workflow, never `trigger`; the key under `pd.steps`. */
  readonly name: string;
  readonly title: string;
  readonly code: string;
  readonly apps: readonly AttachedApp[];
  readonly dataStore: AttachedDataStore | null;
  /** A disabled step is passed over when the workflow is tested. */
  readonly enabled: boolean;
  readonly collapsed: boolean;
  readonly note: string;
}

/** What every trigger has: its selected event is JSON text as typed, so that text which is not valid JSON yet is kept too. */
interface AnyTrigger {
  readonly eventText: string;
  readonly collapsed: boolean;
}

export interface ManualTrigger extends AnyTrigger {
  readonly kind: "manual";
}

/** The gateway gives the workflow an address of its own; a request to it becomes the selected event. */
export interface HttpTrigger extends AnyTrigger {
  readonly kind: "http";
  /** Whether a request also runs the workflow. */
  readonly runs: boolean;
}

/** When a schedule is due: every so many seconds, or as a cron expression says in a time zone (IANA name). */
export type Schedule =
  | { readonly kind: "interval"; readonly seconds: number }
  | { readonly kind: "cron"; readonly expression: string; readonly timeZone: string };

/** Runs the workflow whenever it is due, as long as the page is open. */
export interface ScheduleTrigger extends AnyTrigger {
  readonly kind: "schedule";
  readonly schedule: Schedule;
  readonly enabled: boolean;
}

export type Trigger = ManualTrigger | HttpTrigger | ScheduleTrigger;

export interface WorkflowSettings {
  /** Time limit of one step in seconds, 1 to 750 (fact 33 of the reference). */
  readonly timeLimitSeconds: number;
}

/** A workflow: one trigger and its steps in the order they run. */
export interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly trigger: Trigger;
  readonly steps: readonly Step[];
  readonly settings: WorkflowSettings;
  /** What its runs install, resolved once; kept by the runs and by *Update packages*. By name. */
  readonly packages: readonly LockedPackage[];
}
