import type { Display } from "../../runtime/index.ts";
import type { Step, Workflow } from "../../workflow/index.ts";
import type { RunKind } from "../plan.ts";
import type { StepResultRecord } from "../types.ts";

/** How a run ended. `exited`: by `pd.flow.exit`; `waiting`: it goes on later. */
export type PastRunStatus = "success" | "failed" | "stopped" | "exited" | "waiting";

/** One line of the list of past runs. */
export interface PastRunSummary {
  /** `${workflowId} ${runId}` */
  readonly id: string;
  readonly workflowId: string;
  readonly kind: RunKind;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly status: PastRunStatus;
  /** The steps it was to go through, in order. */
  readonly steps: readonly { readonly name: string; readonly outcome: StepOutcomeInRun }[];
  /** First line of the error that ended it, secrets replaced. */
  readonly error: string | null;
  /** What is stored of it, in characters and bytes. */
  readonly size: number;
}

/** `not-run`: the run ended before it; `disabled`: passed over. */
export type StepOutcomeInRun = StepResultRecord["status"] | "not-run" | "disabled";

/** A step as it was when it ran, secrets replaced. */
export type StepThen = Pick<
  Step,
  "id" | "name" | "title" | "note" | "code" | "apps" | "dataStore" | "enabled"
>;

export interface PastStep {
  readonly step: StepThen;
  /** Null: it didn't run. */
  readonly result: StepResultRecord | null;
  /** What was too large to be kept: `exports of 12 MB`. */
  readonly leftOut: readonly string[];
}

/** A past run as it is opened. */
export interface PastRun {
  readonly summary: PastRunSummary;
  readonly trigger: PastTrigger;
  readonly steps: readonly PastStep[];
}

export interface PastTrigger {
  readonly kind: Workflow["trigger"]["kind"];
  /** The event as text, secrets replaced; null where it was too large. */
  readonly eventText: string | null;
  /** Of the event, in characters. */
  readonly length: number;
}

/** What is stored of a run besides its summary: few large strings, which are written fast. */
export interface PackedRun {
  readonly id: string;
  readonly trigger: PastTrigger;
  readonly steps: readonly PackedStep[];
}

export interface PackedStep {
  /** JSON text of the `PastStep` without the large values below. */
  readonly json: string;
  readonly exportsJson: string | null;
  readonly inputsJson: string | null;
  readonly displays: readonly Display[];
}

/** Where past runs are stored. Methods reject where that fails. */
export interface PastRunRepository {
  /** Of one workflow, in no order. */
  list(workflowId: string): Promise<readonly PastRunSummary[]>;
  content(id: string): Promise<PackedRun | null>;
  /** Stores a run and deletes, in the same transaction, those that `beyond` picks from all of its workflow. */
  put(
    summary: PastRunSummary,
    content: PackedRun,
    beyond: (all: readonly PastRunSummary[]) => readonly PastRunSummary[],
  ): Promise<void>;
  delete(id: string): Promise<void>;
  /** Deletes all of one workflow. */
  clear(workflowId: string): Promise<void>;
  /** Calls back with the id of the workflow whose runs have changed, here or in another tab. Returns the way to unsubscribe. */
  onChange(listener: (workflowId: string) => void): () => void;
}
