/** What the tests of this folder share: steps that wait, and what several tabs have in common. */
import { beforeEach, vi } from "vitest";
import type { StepOutcome, StepRequest, StepWait } from "../../runtime/index.ts";
import { memoryHooks, memoryWaitingRuns } from "../testing.ts";
import { makeStep, makeWorkflow, returns, setUp } from "../testing-store.ts";
import type { StepResultRecord } from "../types.ts";
import type { WaitingRun } from "./types.ts";

export const HOUR = 3_600_000;

/** For each test of a file: the clock goes on only as the test says. */
export function withClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2030, 0, 1), toFake: ["setTimeout", "clearTimeout", "Date"] });
    return () => void vi.useRealTimers();
  });
}

/** A step that waits, having returned a value. */
export const waits =
  (wait: StepWait, value: unknown = 1) =>
  (request: StepRequest, emit: Parameters<ReturnType<typeof returns>>[1]): StepOutcome => {
    returns(value)(request, emit);
    return { status: "success", exit: null, wait };
  };
/** Steps that do so, for 5 seconds and for an hour at most. */
export const delay = waits({ kind: "delay", ms: 5000 });
export const suspend = waits({ kind: "suspend", ms: HOUR });
/** The one in the middle is to wait. */
export const threeSteps = makeWorkflow([
  makeStep("a"),
  makeStep("ask", { code: "pd.flow.suspend()" }),
  makeStep("b"),
]);

/** What several tabs, or visits one after the other, share. */
export function browser() {
  const runs = new Map<string, WaitingRun>();
  const results = new Map<string, StepResultRecord>();
  const hooks = memoryHooks();
  const waitingRuns = memoryWaitingRuns(runs);
  const repository = {
    listFor: async () => [...results.values()],
    get: async (id: string) => results.get(id) ?? null,
    put: async (record: StepResultRecord) => void results.set(record.id, record),
    delete: async (id: string) => void results.delete(id),
  };
  const open = async (plays: Parameters<typeof setUp>[1], workflow = threeSteps) => {
    const tab = setUp(workflow, plays, { waitingRuns, results: repository, hooks: hooks.hooks });
    await tab.store.getState().load();
    return {
      ...tab,
      ran: () => tab.requests.map(({ name }) => name),
      waiting: () => tab.store.getState().waiting,
      summary: (name: string) => tab.state(name).summary,
    };
  };
  return { runs, results, hooks, open };
}

/** What a step was given of earlier steps, by their names. */
export const given = (request: StepRequest | undefined) =>
  Object.fromEntries(request?.steps.map(({ name, json }) => [name, JSON.parse(json)]) ?? []);
/** Until all that was set going is done. */
export const settled = () => vi.advanceTimersByTimeAsync(0);
/** The one run that waits. */
export const only = (runs: readonly WaitingRun[]): WaitingRun => {
  const [run, ...others] = runs;
  if (!run || others.length > 0) throw new Error(`One run should wait, not ${runs.length}.`);
  return run;
};
