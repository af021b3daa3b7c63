import { newId } from "../../lib/id.ts";
import { pause } from "../../lib/slices.ts";
import type { Redactor } from "../../vault/index.ts";
import type { Step, Workflow } from "../../workflow/index.ts";
import { messageOf } from "../message-of.ts";
import type { RunKind } from "../plan.ts";
import type { StepResultRecord } from "../types.ts";
import { beyondBounds, MAX_EVENT, MAX_RUN } from "./bounds.ts";
import { packedSize, packStep, stepIdOf } from "./pack.ts";
import type {
  PackedRun,
  PackedStep,
  PastRunRepository,
  PastRunStatus,
  PastRunSummary,
  PastTrigger,
  StepOutcomeInRun,
  StepThen,
} from "./types.ts";

/** The run that begins. */
export interface BegunRun {
  readonly workflow: Workflow;
  readonly kind: RunKind;
  /** The steps it is to go through. */
  readonly plan: readonly Step[];
  /** Of a run that goes on: the id it began under. What is recorded of it stays, but for the steps that run again. */
  readonly runId?: string | undefined;
}

/** Takes one run down. */
export interface RecordedRun {
  readonly runId: string;
  /** What hides its secrets; before that no step has run. */
  hide(redactor: Redactor): void;
  /** The result of a step, as it is stored. */
  step(stepId: string, record: Promise<StepResultRecord>): void;
  /**
   * The run is over, or waits. Stored when the page has nothing else to do; resolves then, rejects never. Without a step that ran,
   * there is nothing to store.
   */
  end(status?: "waiting"): Promise<void>;
}

/** Told of every run of one workflow. */
export interface RunRecorder {
  begin(run: BegunRun): RecordedRun;
  /** A run that waited is over without another step: its time has come (`success`), or it was cancelled (`stopped`). Rejects never. */
  settle(id: string, status: "success" | "stopped"): Promise<void>;
}

export interface RecorderDeps {
  readonly repository: PastRunRepository;
  readonly onStoreFailure: (message: string) => void;
  /** Resolves when the page has time; by default as the browser says. */
  readonly idle?: () => Promise<void>;
}

/** Keeps the last runs of a workflow in `repository`. */
export function createRunRecorder({
  repository,
  onStoreFailure,
  idle = idleTime,
}: RecorderDeps): RunRecorder {
  /** What comes of one run is stored in its order: parts of one that waits build on each other. */
  let storing = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    storing = storing.then(work).catch((error: unknown) => {
      onStoreFailure(`This run could not be kept in the list of runs: ${messageOf(error)}`);
    });
    return storing;
  };

  return {
    settle: (id, status) =>
      inTurn(async () => {
        const workflowId = id.split(" ", 1)[0] ?? "";
        const summary = (await repository.list(workflowId)).find((run) => run.id === id);
        const content = summary?.status === "waiting" ? await repository.content(id) : null;
        if (summary && content) await repository.put({ ...summary, status }, content, beyondBounds);
      }),
    begin({ workflow, kind, plan, runId = newId() }) {
      const startedAt = Date.now();
      const pending = new Map<string, Promise<StepResultRecord>>();
      let redactor: Redactor | null = null;
      const id = `${workflow.id} ${runId}`;

      async function store(redactor: Redactor, status: "waiting" | undefined, durationMs: number) {
        const records = new Map<string, StepResultRecord>();
        for (const [stepId, record] of pending) records.set(stepId, await record);
        const earlier = await earlierPart(repository, workflow.id, id);
        const trigger = earlier?.content.trigger ?? (await triggerThen(workflow, redactor));
        const outcomes = new Map(earlier?.outcomes);
        const steps = new Map(earlier?.steps);
        for (const step of shownSteps(workflow, plan)) {
          const record = records.get(step.id) ?? null;
          const { outcome: before = "not-run" } = outcomes.get(step.id) ?? {};
          // What ran before the wait is as it was then.
          if (!record && before !== "not-run") continue;
          steps.delete(step.id);
          const room = MAX_RUN - sizeOfRun(trigger, steps);
          steps.set(step.id, packStep(stepThen(step, redactor), record, Math.max(0, room)));
          outcomes.set(step.id, { name: step.name, outcome: outcomeOf(step, plan, record) });
          await pause();
        }
        const last = [...records.values()].at(-1);
        const summary: PastRunSummary = {
          id,
          workflowId: workflow.id,
          kind,
          startedAt: earlier?.startedAt ?? startedAt,
          durationMs: durationMs + (earlier?.durationMs ?? 0),
          status: status ?? statusOf(last, [...outcomes.values()]),
          steps: [...outcomes.values()],
          error: last?.error ? firstLine(`${last.error.type}: ${last.error.message}`) : null,
          size: sizeOfRun(trigger, steps),
        };
        const content: PackedRun = {
          id,
          trigger,
          steps: [...outcomes.keys()].flatMap((stepId) => steps.get(stepId) ?? []),
        };
        await repository.put(summary, content, beyondBounds);
      }

      return {
        runId,
        hide(by) {
          redactor = by;
        },
        step: (stepId, record) => void pending.set(stepId, record),
        async end(status) {
          const durationMs = Date.now() - startedAt;
          const by = redactor;
          if (by === null || pending.size === 0) return;
          await inTurn(async () => {
            await idle();
            await store(by, status, durationMs);
          });
        },
      };
    },
  };
}

/** Of a run that goes on: what is stored from before it waited, by step id. */
async function earlierPart(repository: PastRunRepository, workflowId: string, id: string) {
  const summary = (await repository.list(workflowId)).find((run) => run.id === id);
  const content = summary && (await repository.content(id));
  if (!content) return null;
  const ids = content.steps.map(stepIdOf);
  return {
    startedAt: summary.startedAt,
    durationMs: summary.durationMs,
    content,
    steps: content.steps.map((packed, index) => [ids[index] ?? "", packed] as const),
    outcomes: summary.steps.map((outcome, index) => [ids[index] ?? "", outcome] as const),
  };
}

function sizeOfRun(trigger: PastTrigger, steps: ReadonlyMap<string, PackedStep>): number {
  return [...steps.values()].reduce((sum, step) => sum + packedSize(step), trigger.eventText?.length ?? 0);
}

/** Those of the plan, and between them those that were passed over. */
function shownSteps({ steps }: Workflow, plan: readonly Step[]): readonly Step[] {
  const places = plan.map(({ id }) => steps.findIndex((step) => step.id === id));
  return steps.slice(Math.min(...places), Math.max(...places) + 1);
}

function outcomeOf(step: Step, plan: readonly Step[], record: StepResultRecord | null): StepOutcomeInRun {
  if (record) return record.status;
  return plan.some(({ id }) => id === step.id) ? "not-run" : "disabled";
}

function statusOf(
  last: StepResultRecord | undefined,
  outcomes: readonly { readonly outcome: StepOutcomeInRun }[],
): PastRunStatus {
  if (last?.status === "failed" || last?.status === "stopped") return last.status;
  if (last && last.exitReason !== null) return "exited";
  // Stopped between two steps.
  return outcomes.some(({ outcome }) => outcome === "not-run") ? "stopped" : "success";
}

function stepThen(step: Step, redactor: Redactor): StepThen {
  const { id, name, title, note, code, apps, dataStore, enabled } = step;
  const text = (value: string) => redactor.text(value);
  return { id, name, title: text(title), note: text(note), code: text(code), apps, dataStore, enabled };
}

async function triggerThen({ trigger }: Workflow, redactor: Redactor): Promise<PastTrigger> {
  const { kind, eventText } = trigger;
  const masked = eventText.length <= MAX_EVENT ? await redactor.jsonInSlices(eventText) : null;
  return { kind, eventText: masked, length: eventText.length };
}

function firstLine(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** Not while the person or the next run wants the page; but not for ever. */
function idleTime(): Promise<void> {
  if (!("requestIdleCallback" in globalThis)) return pause();
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 1000 }));
}
