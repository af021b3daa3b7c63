import type { LockedPackage } from "../lib/locked-package.ts";

/** The document: what a person edits. Plain JSON data, never mutated; every edit makes a new value. */

/** An app attached to a step, and which of its accounts the step uses (`null`: none chosen yet). */
export interface AttachedApp {
  /** Slug of the app, which is also its key under `pd.inputs`. */
  readonly app: string;
  readonly accountId: string | null;
}

/** One Python step. */
export interface Step {
  readonly id: string;
  /** Python identifier, unique in the workflow, never `trigger`; the key under `pd.steps`. */
  readonly name: string;
  readonly title: string;
  readonly code: string;
  readonly apps: readonly AttachedApp[];
  /** A disabled step is passed over when the workflow is tested. */
  readonly enabled: boolean;
  readonly collapsed: boolean;
  readonly note: string;
}

/** The manual trigger: its event is JSON text as typed, so that text which is not valid JSON yet is kept too. */
export interface ManualTrigger {
  readonly kind: "manual";
  readonly eventText: string;
  readonly collapsed: boolean;
}

export interface WorkflowSettings {
  /** Time limit of one step in seconds, 1 to 750 (fact 33 of the reference). */
  readonly timeLimitSeconds: number;
}

/** A workflow: one trigger and its steps in the order they run. */
export interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly trigger: ManualTrigger;
  readonly steps: readonly Step[];
  readonly settings: WorkflowSettings;
  /** What its runs install, resolved once; kept by the runs and by *Update packages*. By name. */
  readonly packages: readonly LockedPackage[];
}
