import type { Display, StepError } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";
import { storedDisplays } from "./displays.ts";
import { createLogBuffer, type LogBuffer, type LogView } from "./log/log-buffer.ts";
import { storedNetwork } from "./network/stored-network.ts";
import type { ShownConnection } from "./network/types.ts";
import type { StaleReason } from "./staleness.ts";
import type { StepResultRecord, StepStatus } from "./types.ts";

/** What a step's card shows of its last run. A new object whenever anything changed. */
export interface StepRunState {
  readonly status: StepStatus;
  /** Something that goes into it has changed since the result. */
  readonly stale: boolean;
  /** What has changed; empty unless it is stale. */
  readonly staleReasons: readonly StaleReason[];
  readonly startedAt: number | null;
  readonly durationMs: number | null;
  /** What goes on right now besides the code: installing packages, waiting for Python. Empty: nothing. */
  readonly phase: string;
  readonly log: LogView;
  /** JSON text of an object: export name → value, secrets replaced. */
  readonly exportsJson: string | null;
  /** What the step shows besides text, secrets replaced. */
  readonly displays: readonly Display[];
  /** JSON text of `{steps, inputs, env}` as the step got it, secrets replaced; null where it isn't known any more. */
  readonly inputsJson: string | null;
  readonly network: readonly ShownConnection[];
  readonly error: StepError | null;
  readonly exitReason: string | null;
  /** For the footer: `installed slack-sdk 3.47.0 · 236 ms · 1 request`. */
  readonly summary: string;
}

/** A step that has run to its end. */
export interface FinishedStep extends StepRunState {
  readonly status: StepResultRecord["status"];
  readonly startedAt: number;
}

const nothing: Pick<Redactor, "text" | "heldBack"> = { text: (text) => text, heldBack: () => 0 };

export function untestedState(): StepRunState {
  return {
    status: "not-tested",
    stale: false,
    staleReasons: [],
    startedAt: null,
    durationMs: null,
    phase: "",
    log: createLogBuffer(nothing),
    exportsJson: null,
    displays: [],
    inputsJson: null,
    network: [],
    error: null,
    exitReason: null,
    summary: "",
  };
}

/** A stored result as the card shows it after a reload. */
export function storedState(record: StepResultRecord): StepRunState {
  return {
    ...record,
    stale: false,
    staleReasons: [],
    phase: "",
    log: createLogBuffer(nothing, record.logs, record.logLinesTotal),
  };
}

/** Bounds of what is stored of one step's log. */
const STORED_LINES = 2000;
const STORED_CHARACTERS = 512 * 1024;
/** Inputs repeat the exports of all steps above: large ones aren't stored again. */
const STORED_INPUTS = 256 * 1024;

export function toRecord(
  workflowId: string,
  stepId: string,
  state: FinishedStep,
  log: LogBuffer,
  fingerprint: string,
): StepResultRecord {
  const {
    status,
    startedAt,
    durationMs,
    exportsJson,
    displays,
    inputsJson,
    network,
    error,
    exitReason,
    summary,
  } = state;
  return {
    id: `${workflowId} ${stepId}`,
    workflowId,
    stepId,
    status,
    startedAt,
    durationMs: durationMs ?? 0,
    logs: log.tail(STORED_LINES, STORED_CHARACTERS),
    logLinesTotal: log.total,
    exportsJson,
    displays: storedDisplays(displays),
    inputsJson: inputsJson && inputsJson.length <= STORED_INPUTS ? inputsJson : null,
    network: storedNetwork(network),
    error,
    exitReason,
    summary,
    fingerprint,
  };
}
