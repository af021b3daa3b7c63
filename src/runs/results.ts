import { pause } from "../lib/slices.ts";
import type { Step } from "../workflow/index.ts";
import type { RunDeps } from "./deps.ts";
import { type ResultTimes, resultFingerprint } from "./fingerprint.ts";
import type { LogBuffer } from "./log/log-buffer.ts";
import type { RunStore } from "./run-state.ts";
import { type FinishedStep, type StepRunState, storedState, toRecord } from "./step-state.ts";
import type { StepResultRecord } from "./types.ts";

/** The last result of each step: shown, stored, and compared with what would go into it today. */
export interface Results {
  /** Shows it, as it is now. */
  show(stepId: string, state: StepRunState): void;
  /**
   * The result of a run that has just ended. `isFollowed`: stored once the next step has begun. Gives what is stored, whether that
   * succeeds or not.
   */
  keep(
    step: Step,
    state: FinishedStep,
    log: LogBuffer,
    fingerprint: string,
    isFollowed: boolean,
  ): Promise<StepResultRecord>;
  clear(stepId: string): void;
  /** Reads what is stored. A step that was tested meanwhile keeps its newer result. */
  load(): Promise<void>;
  /** Compares each result with what would go into it today. Only states that change are made anew. */
  markStale(): void;
  readonly times: ResultTimes;
}

export function createResults(deps: RunDeps, { getState, setState }: RunStore): Results {
  const fingerprints = new Map<string, string>();

  const show = (stepId: string, state: StepRunState) =>
    setState({ steps: { ...getState().steps, [stepId]: state } });

  const times: ResultTimes = (stepId) => {
    const state = getState().steps[stepId];
    return state?.exportsJson ? state.startedAt : null;
  };

  function markStale(): void {
    const workflow = deps.workflow();
    const { steps } = getState();
    const changed: Record<string, StepRunState> = {};
    for (const step of workflow.steps) {
      const state = steps[step.id];
      if (!state || state.status === "running" || state.status === "not-tested") continue;
      const stale = fingerprints.get(step.id) !== resultFingerprint(workflow, step, times);
      if (stale !== state.stale) changed[step.id] = { ...state, stale };
    }
    if (Object.keys(changed).length > 0) setState({ steps: { ...steps, ...changed } });
  }

  return {
    show,
    times,
    markStale,
    keep({ id, name }, state, log, fingerprint, isFollowed) {
      fingerprints.set(id, fingerprint);
      show(id, state);
      const workflowId = deps.workflow().id;
      // The next step begins first: writing megabytes takes the page a while.
      const record = (isFollowed ? pause() : Promise.resolve()).then(() =>
        toRecord(workflowId, id, state, log, fingerprint),
      );
      void record
        .then((it) => deps.results.put(it))
        .catch((error: unknown) => {
          deps.onStoreFailure(
            `The result of ${name} could not be stored and will be gone after a reload: ${error instanceof Error ? error.message : String(error)}`,
          );
        });
      return record;
    },
    clear(stepId) {
      const { [stepId]: _removed, ...steps } = getState().steps;
      fingerprints.delete(stepId);
      setState({ steps });
      void deps.results.delete(`${deps.workflow().id} ${stepId}`);
    },
    async load() {
      const records = await deps.results.listFor(deps.workflow().id);
      for (const record of records) fingerprints.set(record.stepId, record.fingerprint);
      setState({
        steps: {
          ...Object.fromEntries(records.map((record) => [record.stepId, storedState(record)])),
          ...getState().steps,
        },
      });
      markStale();
    },
  };
}
