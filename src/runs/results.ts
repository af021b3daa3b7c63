import { isSameJson } from "../lib/json.ts";
import { pause } from "../lib/slices.ts";
import type { Step, Workflow } from "../workflow/index.ts";
import type { RunDeps } from "./deps.ts";
import type { Ingredients } from "./fingerprint.ts";
import { createFreshness, type Freshness } from "./freshness.ts";
import type { LogBuffer } from "./log/log-buffer.ts";
import { messageOf } from "./message-of.ts";
import type { RunStore } from "./run-state.ts";
import { type FinishedStep, type StepRunState, storedState, toRecord } from "./step-state.ts";
import type { StepResultRecord } from "./types.ts";

/** What may be added to a result once its step has ended. */
export type Amendable = Pick<StepResultRecord, "exportsJson" | "summary">;

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
    made: Ingredients,
    isFollowed: boolean,
  ): Promise<StepResultRecord>;
  /** Changes what is shown and stored of a result that is known by when its step began; another one is left alone. */
  amend(stepId: string, startedAt: number, change: (result: Amendable) => Amendable): void;
  clear(stepId: string): void;
  /** Reads what is stored. A step that was tested meanwhile keeps its newer result. */
  load(): Promise<void>;
  /** Compares each result with what would go into it today. Only states that change are made anew. */
  markStale(): void;
  /** What goes into a result of `step` now. */
  ingredients(workflow: Workflow, step: Step): Ingredients;
}

export function createResults(deps: RunDeps, { getState, setState }: RunStore): Results {
  const freshness: Freshness = createFreshness(deps);
  const writing = new Map<string, Promise<void>>();

  const show = (stepId: string, state: StepRunState) =>
    setState({ steps: { ...getState().steps, [stepId]: state } });

  /** What is written of one step is written in its order. */
  function write(stepId: string, work: () => Promise<void>): Promise<void> {
    const written = (writing.get(stepId) ?? Promise.resolve()).catch(() => {}).then(work);
    writing.set(stepId, written);
    return written;
  }

  function markStale(): void {
    const workflow = deps.workflow();
    const { steps } = getState();
    const changed: Record<string, StepRunState> = {};
    for (const step of workflow.steps) {
      const state = steps[step.id];
      if (!state || state.status === "running" || state.status === "not-tested") continue;
      const staleReasons = freshness.reasons(workflow, step);
      if (!isSameJson(staleReasons, state.staleReasons))
        changed[step.id] = { ...state, stale: staleReasons.length > 0, staleReasons };
    }
    if (Object.keys(changed).length > 0) setState({ steps: { ...steps, ...changed } });
  }

  return {
    show,
    ingredients: freshness.ingredients,
    markStale,
    keep({ id, name }, state, log, made, isFollowed) {
      const fingerprint = freshness.keep(id, made, state);
      show(id, state);
      const workflowId = deps.workflow().id;
      // The next step begins first: writing megabytes takes the page a while.
      const record = (isFollowed ? pause() : Promise.resolve()).then(() =>
        toRecord(workflowId, id, state, log, fingerprint),
      );
      write(id, async () => deps.results.put(await record)).catch((error: unknown) => {
        deps.onStoreFailure(
          `The result of ${name} could not be stored and will be gone after a reload: ${messageOf(error)}`,
        );
      });
      return record;
    },
    amend(stepId, startedAt, change) {
      const state = getState().steps[stepId];
      if (state?.startedAt === startedAt && state.status !== "running") {
        const amended = { ...state, ...change(state) };
        freshness.amend(stepId, amended.exportsJson);
        show(stepId, amended);
        markStale();
      }
      const id = `${deps.workflow().id} ${stepId}`;
      write(stepId, async () => {
        const record = await deps.results.get(id);
        if (record?.startedAt === startedAt) await deps.results.put({ ...record, ...change(record) });
      }).catch((error: unknown) => deps.onStoreFailure(`A result could not be stored: ${messageOf(error)}`));
    },
    clear(stepId) {
      const { [stepId]: _removed, ...steps } = getState().steps;
      freshness.forget(stepId);
      setState({ steps });
      void write(stepId, () => deps.results.delete(`${deps.workflow().id} ${stepId}`)).catch(() => {});
    },
    async load() {
      const records = await deps.results.listFor(deps.workflow().id);
      for (const record of records) if (!getState().steps[record.stepId]) freshness.restore(record);
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
