import type { Step } from "../../workflow/index.ts";
import type { LanguageHost } from "./host.ts";
import { mergeShapes, type Shape } from "./stubs/shape.ts";
import type { StepFacts } from "./stubs/step-stub.ts";

/** Of so many runs the shapes are put together. */
const RUNS = 5;
const EXPORTED_NAME = /\bexport\(\s*(["'])([^"'\\\n]+)\1/g;

interface Observed {
  /** Exports that `runs` ends with; by identity. */
  json: string | null;
  /** Code that made them, to its end; null where it isn't known. */
  code: string | null;
  /** From the oldest. */
  runs: readonly Shape[];
  /** What was made of the above the last time. */
  facts: {
    readonly runs: readonly Shape[];
    readonly ran: string | null;
    readonly step: Step;
    readonly value: StepFacts;
  } | null;
}

export interface ObservedExports {
  /**
   * What is known of a step's exports; the same object as long as it is the same. Looks at them anew where they have changed, which
   * calls `onShape` when it is done.
   */
  factsOf(step: Step): StepFacts;
  /** Looks at the results of the steps that were asked for. */
  update(steps: readonly Step[]): void;
  dispose(): void;
}

/**
 * The shapes of what steps export, over their last few runs, in this page and before it; never a value. Of steps that nobody asks for,
 * nothing is looked at.
 */
export function observeExports(
  { resultOf, pastExports, tools }: Pick<LanguageHost, "resultOf" | "pastExports" | "tools">,
  onShape: () => void,
): ObservedExports {
  const observed = new Map<string, Observed>();
  const ended = new AbortController();
  /** Steps whose earlier runs are to be read next; null: nothing is being read. */
  let next: Step[] | null = null;

  function look(step: Step): Observed {
    let entry = observed.get(step.id);
    if (entry === undefined) {
      entry = { json: null, code: null, runs: [], facts: null };
      observed.set(step.id, entry);
      wantPast(step);
    }
    const { exportsJson, status, stale } = resultOf(step.id);
    if (status === "running" || entry.json === exportsJson) return entry;
    entry.json = exportsJson;
    entry.code = null;
    if (exportsJson === null) return entry;
    const found = entry;
    const code = status === "success" && !stale ? step.code : null;
    void tools
      .ask("shape", { json: exportsJson })
      .then((shape) => {
        found.runs = [...found.runs, shape].slice(-RUNS);
        if (found.json === exportsJson) found.code = code;
        onShape();
      })
      .catch(() => {
        // The tools have failed, and say so where somebody waits for them: nothing is known of these exports.
      });
    return entry;
  }

  function wantPast(step: Step): void {
    if (next !== null) {
      next.push(step);
      return;
    }
    next = [step];
    readPast().catch((error: unknown) => {
      if (!ended.signal.aborted) console.warn("The editor could not read earlier runs:", error);
    });
  }

  async function readPast(): Promise<void> {
    try {
      // What is asked for at once is read at once.
      await Promise.resolve();
      while (next !== null && next.length > 0) {
        const steps = next;
        next = [];
        for await (const { stepId, exportsJson } of pastExports(steps, RUNS, ended.signal))
          await addPast(stepId, exportsJson);
        onShape();
      }
    } finally {
      next = null;
    }
  }

  /** The last result is there already, and is most often the newest of these. */
  async function addPast(stepId: string, json: string): Promise<void> {
    const entry = observed.get(stepId);
    if (entry === undefined || entry.runs.length >= RUNS || entry.json === json) return;
    const shape = await tools.ask("shape", { json });
    if (entry.runs.length < RUNS) entry.runs = [shape, ...entry.runs];
  }

  return {
    factsOf(step) {
      const entry = look(step);
      const { runs, code, facts } = entry;
      // Asked for with every key.
      if (facts?.step === step && facts.runs === runs && facts.ran === code) return facts.value;
      const value = {
        name: step.name,
        exports: facts?.runs === runs ? facts.value.exports : unionOf(runs),
        complete: code === step.code,
        written: [...step.code.matchAll(EXPORTED_NAME)].map(([, , name]) => name ?? ""),
      };
      entry.facts = { runs, ran: code, step, value };
      return value;
    },
    update(steps) {
      for (const step of steps) if (observed.has(step.id)) look(step);
    },
    dispose: () => ended.abort(),
  };
}

function unionOf(shapes: readonly Shape[]): Shape | null {
  return shapes.reduce<Shape | null>((all, shape) => (all === null ? shape : mergeShapes(all, shape)), null);
}
