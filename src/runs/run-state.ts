import type { StoreApi } from "zustand/vanilla";
import type { PackageUpdate } from "./package-update.ts";
import type { RunKind } from "./plan.ts";
import { type StepRunState, untestedState } from "./step-state.ts";
import type { WaitingRun } from "./waiting/types.ts";

/** The run that goes on now. */
export interface ActiveRun {
  /** `packages`: no step runs, their packages are updated. */
  readonly kind: RunKind | "packages";
  readonly stepIds: readonly string[];
  readonly currentStepId: string | null;
}

/** What the builder sees of the runs of one open workflow, and asks of them. */
export interface RunState {
  /** By step id; a step that was never tested has none: see `stateOf`. */
  readonly steps: Readonly<Record<string, StepRunState>>;
  readonly running: ActiveRun | null;
  /** What *Update packages* is about to do; empty while it isn't going on. */
  readonly updatePhase: string;
  /** Runs that wait for a time or for an answer, the oldest first. They keep nothing else from running. */
  readonly waiting: readonly WaitingRun[];
  /** Ids of those that go on as soon as what runs now is over. */
  readonly goingOn: readonly string[];
  /** Runs one step with the saved exports of the steps above it. */
  testStep(stepId: string): Promise<void>;
  /** Runs all enabled steps from the first to this one, one after the other. */
  testUpTo(stepId: string): Promise<void>;
  /** Runs this step and all enabled ones below it, with the saved exports of the steps above. */
  testFrom(stepId: string): Promise<void>;
  testWorkflow(): Promise<void>;
  /** Resolves all packages anew and makes them the workflow's. Stopped at once where something runs. */
  updatePackages(): Promise<PackageUpdate>;
  stop(): void;
  /** A run that waits goes on now. `data`: JSON text, which becomes `$resume_data` of a step that has suspended its run. */
  resume(runId: string, data?: string | null): void;
  /** Ends a run that waits. */
  cancel(runId: string): Promise<void>;
  clearResult(stepId: string): void;
  /** Reads the stored results; once, when the workflow is opened. */
  load(): Promise<void>;
  /** The workflow is closed: what runs is stopped. */
  dispose(): void;
}

export type RunStore = StoreApi<RunState>;

const untested = untestedState();

/** A step's state, also where it was never tested. */
export function stateOf(state: Pick<RunState, "steps">, stepId: string): StepRunState {
  return state.steps[stepId] ?? untested;
}
