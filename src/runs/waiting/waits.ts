import { countOf, formatDuration } from "../../lib/format.ts";
import type { Step } from "../../workflow/index.ts";
import type { RunDeps } from "../deps.ts";
import type { Results } from "../results.ts";
import type { RunStore } from "../run-state.ts";
import type { RunRequest } from "../run-steps.ts";
import { gatherInputs } from "../step-inputs.ts";
import { createWaitAddresses, dataOf, type WaitOffer } from "./addresses.ts";
import { withResumeData } from "./begin-wait.ts";
import { continuationOf, resumeData } from "./go-on.ts";
import type { WaitEnd, WaitingRun } from "./types.ts";
import { createWaitingRuns } from "./waiting-runs.ts";

/** A run that is to go on, where nobody else has gone on with it by then. */
export type Claim = () => Promise<RunRequest | null>;

/** What the run store does with runs that wait. */
export interface Waits {
  /** The addresses of a step that is about to run. */
  offer(code: string): Promise<WaitOffer>;
  /** The run waits from now on. */
  add(run: WaitingRun): Promise<void>;
  /** The step is tested by itself: what earlier tests of it alone wait for is given up. */
  testedAnew(stepId: string): void;
  resume(runId: string, data: string | null): void;
  cancel(runId: string): Promise<void>;
  /** What ran is over: what was to go on does. */
  look(): void;
  load(): Promise<void>;
  dispose(): void;
}

/** `goOn` runs what is claimed, while nothing else runs. */
export function createWaits(
  deps: RunDeps,
  store: RunStore,
  results: Results,
  goOn: (claim: Claim) => void,
): Waits {
  const runs = createWaitingRuns(deps, store, {
    goOn: (run, how) => {
      // Nothing is left to run: what the wait was for is all there is to do.
      if (restOf(deps, run).length === 0) void claim(run, how);
      else goOn(() => claim(run, how));
    },
    shown: (waiting) => addresses.listenFor(waiting),
    cancelled(run, why) {
      addresses.drop(run);
      void deps.history?.settle(run.id, "stopped");
      const waited = formatDuration(Date.now() - run.since);
      note(run, why === "cancelled" ? `cancelled after ${waited}` : `cancelled: not resumed in ${waited}`);
    },
    overdue: (run) => deps.notify(overdueText(deps, run)),
  });

  const { getState } = store;
  const addresses = createWaitAddresses(deps.hooks, () => getState().waiting, {
    resume: (run, event) => runs.end(run.runId, { kind: "resumed", data: dataOf(event), request: event }),
    cancel: (run) => runs.cancel(run.runId, "cancelled"),
  });

  function note(run: WaitingRun, text: string, data: string | null = null): void {
    results.amend(run.stepId, run.stepStartedAt, ({ summary, exportsJson }) => ({
      summary: `${summary} · ${text}`,
      exportsJson: data === null ? exportsJson : withResumeData(exportsJson, data),
    }));
  }

  async function claim(run: WaitingRun, how: WaitEnd): Promise<RunRequest | null> {
    const taken = await runs.take(run);
    if (!taken) return null;
    addresses.drop(taken);
    const waited = formatDuration(Date.now() - taken.since);
    const data = await masked(taken, resumeData(taken, how));
    note(taken, how.kind === "resumed" ? `resumed after ${waited}` : `waited ${waited}`, data);
    const plan = restOf(deps, taken);
    if (plan.length === 0) void deps.history?.settle(taken.id, "success");
    return { kind: taken.runKind, plan, waited: continuationOf(taken, how, data) };
  }

  /** What comes from outside may hold a secret as well. */
  async function masked(run: WaitingRun, json: string | null): Promise<string | null> {
    if (json === null) return null;
    const { secrets } = await gatherInputs(deps, deps.workflow(), run.triggerJson);
    return deps.createRedactor(secrets).jsonInSlices(json);
  }

  return {
    offer: (code) => addresses.offer(code),
    add: (run) => runs.add(run),
    testedAnew(stepId) {
      for (const run of getState().waiting)
        if (run.runKind === "step" && run.stepId === stepId) void runs.cancel(run.runId, "cancelled");
    },
    resume(runId, data) {
      const run = getState().waiting.find((one) => one.runId === runId);
      const how: WaitEnd =
        run?.kind === "suspend"
          ? { kind: "resumed", data: data ?? "{}", request: null }
          : { kind: "skipped" };
      void runs.end(runId, how).catch(() => {});
    },
    async cancel(runId) {
      await runs.cancel(runId, "cancelled");
    },
    look: () => runs.look(),
    load: () => runs.load(),
    dispose() {
      runs.dispose();
      addresses.dispose();
    },
  };
}

/** What of a run is still to run today: steps that were removed or disabled meanwhile are passed over. */
function restOf({ workflow }: Pick<RunDeps, "workflow">, run: WaitingRun): readonly Step[] {
  const wanted = new Set(run.stepIds);
  // It is run even where it is disabled: see `planRun`.
  const target = {
    workflow: null,
    from: run.plannedIds[0],
    step: run.plannedIds[0],
    "up-to": run.plannedIds.at(-1),
  }[run.runKind];
  return workflow().steps.filter(({ id, enabled }) => wanted.has(id) && (enabled || id === target));
}

function overdueText({ workflow }: Pick<RunDeps, "workflow">, run: WaitingRun): string {
  const step = workflow().steps.find(({ id }) => id === run.stepId);
  const where = step ? `after ${step.name}` : "after a step that is no more";
  if (run.kind === "suspend") return `A run was suspended ${where} and not resumed in time: it is cancelled.`;
  const left = restOf({ workflow }, run).length;
  return `A run that waited ${where} is overdue and goes on now${left > 0 ? `, with ${countOf(left, "step")}` : ""}.`;
}
