import type { Step } from "../../workflow/index.ts";
import { newestFirst } from "./bounds.ts";
import { stepIdOf } from "./pack.ts";
import type { PastRunRepository, PastRunSummary } from "./types.ts";

/** What a step exported in a past run. */
export interface PastExports {
  readonly stepId: string;
  /** JSON text of an object, secrets replaced. */
  readonly exportsJson: string;
}

/** Of so many characters and bytes of runs exports are looked for at a time. */
export const MAX_READ = 16_000_000;

/**
 * What steps exported in their last `count` runs that are kept under their names, newest first. One run is read at a time, when its
 * exports are asked for; in all no more than 16 MB of them: a run beyond that is passed over.
 */
export async function* pastExports(
  repository: PastRunRepository,
  workflowId: string,
  steps: readonly Pick<Step, "id" | "name">[],
  count: number,
): AsyncGenerator<PastExports, void, void> {
  const wanted = new Map(steps.map(({ id, name }) => [name, { id, left: count }]));
  let room = MAX_READ;
  for (const summary of newestFirst(await repository.list(workflowId))) {
    const places = placesOf(summary, ({ name }) => (wanted.get(name)?.left ?? 0) > 0);
    if (places.length === 0 || summary.size > room) continue;
    room -= summary.size;
    const content = await repository.content(summary.id);
    for (const place of places) {
      const step = wanted.get(summary.steps[place]?.name ?? "");
      const packed = content?.steps[place];
      // A step that is gone may have had the name.
      if (!step || !packed || packed.exportsJson === null || stepIdOf(packed) !== step.id) continue;
      step.left -= 1;
      yield { stepId: step.id, exportsJson: packed.exportsJson };
    }
  }
}

/** The steps that ran and are looked for. */
function placesOf(
  { steps }: PastRunSummary,
  isWanted: (step: PastRunSummary["steps"][number]) => boolean,
): readonly number[] {
  return steps.flatMap((step, place) =>
    step.outcome !== "not-run" && step.outcome !== "disabled" && isWanted(step) ? [place] : [],
  );
}
