import type { StepWait } from "../../runtime/protocol.ts";
import type { RunKind } from "../plan.ts";

/** A run that waits after one of its steps, as stored: all that it needs to go on after a reload. No account or variable is in it. */
export interface WaitingRun {
  /** `${workflowId} ${runId}` */
  readonly id: string;
  readonly workflowId: string;
  readonly runId: string;
  /** Of what it was started as. */
  readonly runKind: RunKind;
  readonly kind: StepWait["kind"];
  /** The step that has asked for it. */
  readonly stepId: string;
  /** When that step began: its result is known by it. */
  readonly stepStartedAt: number;
  /** All steps that it was to go through when it began. */
  readonly plannedIds: readonly string[];
  /** What is still to run, in order; of a rerun the step itself first. */
  readonly stepIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** When it goes on by itself; a suspended run is cancelled then. */
  readonly due: number;
  /** JSON text of what the trigger exports in this run, secrets replaced. */
  readonly triggerJson: string;
  /** What the steps had exported by then, by step id: JSON text of an object each, secrets replaced. */
  readonly exports: Readonly<Record<string, string>>;
  /** Of the step's next run, where it is run again; `context`: JSON text, secrets replaced. */
  readonly rerun: { readonly runs: number; readonly context: string; readonly maxRetries: number } | null;
  /** What its addresses are made of. */
  readonly address: WaitAddress;
}

/** `hook`: token of an address at the gateway. Below it `/resume/…` and `/cancel/…`, random too: who has one hasn't the other. */
export interface WaitAddress {
  readonly hook: string;
  readonly resume: string;
  readonly cancel: string;
}

/** Where waiting runs are kept; its methods reject where the browser's storage fails. */
export interface WaitingRunRepository {
  listFor(workflowId: string): Promise<readonly WaitingRun[]>;
  put(run: WaitingRun): Promise<void>;
  /** Removes it and gives it, to one caller only, whichever tab that is in; to all others null. */
  take(id: string): Promise<WaitingRun | null>;
  /** Calls back when a run of a workflow was stored or taken, here or in another tab. Returns the way to unsubscribe. */
  onChange(listener: (workflowId: string) => void): () => void;
}

/** How a run that waited goes on, or doesn't. */
export type WaitEnd =
  /** The time has come. */
  | { readonly kind: "due" }
  /** Somebody didn't want to wait for that. */
  | { readonly kind: "skipped" }
  /** `data`: JSON text of what was given; `request`: what brought it, in the shape of an HTTP event. */
  | { readonly kind: "resumed"; readonly data: string | null; readonly request: unknown };
