import type { Display, StepError } from "../runtime/protocol.ts";
import type { ShownConnection } from "./network/types.ts";

export type StepStatus = "not-tested" | "running" | "success" | "failed" | "stopped";

/** One line of output. `at`: milliseconds since the epoch. */
export interface LogLine {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
  readonly at: number;
  /** Characters of a huge line that come after `text`. */
  readonly more?: number;
}

/** Last result of a step as stored, secrets already replaced. */
export interface StepResultRecord {
  /** `${workflowId} ${stepId}` */
  readonly id: string;
  readonly workflowId: string;
  readonly stepId: string;
  readonly status: Exclude<StepStatus, "not-tested" | "running">;
  readonly startedAt: number;
  readonly durationMs: number;
  /** The last lines, up to a cap. */
  readonly logs: readonly LogLine[];
  readonly logLinesTotal: number;
  /** JSON text of an object: export name → value; the return value is under `$return_value`. */
  readonly exportsJson: string | null;
  /** Up to a cap: see `storedDisplays`. */
  readonly displays: readonly Display[];
  /** JSON text of what the step was given: `{steps, inputs, env}` with secrets replaced. */
  readonly inputsJson: string | null;
  /** Headers and bodies up to a cap: see `storedNetwork`. */
  readonly network: readonly ShownConnection[];
  readonly error: StepError | null;
  /** Reason given to `pd.flow.exit`, where it ended the workflow. */
  readonly exitReason: string | null;
  /** What of the step went into this result; differs from today's: stale. */
  readonly fingerprint: string;
  readonly summary: string;
}
