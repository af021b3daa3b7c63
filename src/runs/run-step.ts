import type { RuntimeRun, StepFlow, StepOutcome } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";
import type { Step, Workflow } from "../workflow/index.ts";
import type { RunDeps } from "./deps.ts";
import type { RecordedRun } from "./history/recorder.ts";
import { answered } from "./respond.ts";
import type { Results } from "./results.ts";
import type { RunInputs } from "./step-inputs.ts";
import { createStepRun } from "./step-run.ts";
import type { FinishedStep } from "./step-state.ts";
import type { StepsBefore } from "./steps-before.ts";

/** What the steps of one run share. */
export interface RunOfSteps {
  readonly workflow: Workflow;
  readonly inputs: RunInputs;
  readonly redactor: Redactor;
  readonly runtime: RuntimeRun;
  readonly stepsBefore: StepsBefore;
  /** Takes the run down for the list of runs. */
  readonly recorded: RecordedRun | undefined;
}

/** One step of it. `isFollowed`: another step of the run comes after it. */
export interface StepOfRun {
  readonly step: Step;
  readonly isFollowed: boolean;
  readonly flow: StepFlow;
}

/** Runs one step of a run, from its inputs to its stored result. */
export async function runStep(
  deps: RunDeps,
  results: Results,
  { step, isFollowed, flow }: StepOfRun,
  { workflow, inputs, redactor, runtime, stepsBefore, recorded }: RunOfSteps,
): Promise<{ readonly outcome: StepOutcome; readonly state: FinishedStep }> {
  const steps = await stepsBefore.of(workflow, step);
  const accounts = inputs.accountsOf(step);
  const shownSteps = steps.map(({ name, json }) => `${JSON.stringify(name)}:${json}`).join(",");
  const shownInputs = `{"steps":{${shownSteps}},"inputs":${redactor.json(JSON.stringify(accounts))},"env":${redactor.json(JSON.stringify(inputs.env))}}`;
  const made = results.ingredients(workflow, step);
  const stepRun = createStepRun(redactor, shownInputs, (state) => results.show(step.id, state));
  const problem = inputs.problemOf(step);
  const outcome: StepOutcome = problem
    ? { status: "failed", error: problem }
    : await runtime.step(
        {
          name: step.name,
          code: step.code,
          steps,
          isFollowed,
          inputs: accounts,
          unconnected: inputs.unconnected(step),
          dataStore: inputs.dataStoreOf(step),
          env: inputs.env,
          flow,
          timeLimitMs: workflow.settings.timeLimitSeconds * 1000,
        },
        (event) => {
          if (event.type === "locked") deps.setPackages(event.packages, "run");
          else stepRun.onEvent(answered(event, redactor, deps.respond));
        },
      );
  const state = await stepRun.finish(outcome);
  stepsBefore.masked(step.id, state.exportsJson);
  const record = results.keep(step, state, stepRun.log, made, isFollowed);
  recorded?.step(step.id, record);
  return { outcome, state };
}
