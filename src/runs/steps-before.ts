import type { GivenExports } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";
import type { Step, Workflow } from "../workflow/index.ts";

export interface StepsBefore {
  /** `pd.steps` of a step, secrets replaced: the trigger and what the enabled steps above exported last. */
  of(workflow: Workflow, step: Step): Promise<readonly GivenExports[]>;
  /** These exports of a step were masked in this run. */
  masked(stepId: string, json: string | null): void;
}

/**
 * For the steps of one run. Results of earlier runs are masked again, since there may be other secrets now; each text once, since
 * masking looks through all of it. What has no secret stays the same object, by which the runtime knows it again.
 */
export function createStepsBefore(
  redactor: Pick<Redactor, "jsonInSlices">,
  triggerJson: string,
  exportsOf: (stepId: string) => string | null,
): StepsBefore {
  const masked = new Map<string, { readonly of: string; readonly json: string }>();

  async function mask(id: string, text: string): Promise<string> {
    const known = masked.get(id);
    // The same object, or a comparison as long as it: far less than masking.
    if (known?.json === text || known?.of === text) return known.json;
    const json = await redactor.jsonInSlices(text);
    masked.set(id, { of: text, json });
    return json;
  }

  return {
    async of(workflow, step) {
      const given: GivenExports[] = [{ name: "trigger", json: await mask("", triggerJson) }];
      for (const earlier of workflow.steps) {
        if (earlier.id === step.id) break;
        const json = earlier.enabled ? exportsOf(earlier.id) : null;
        if (json) given.push({ name: earlier.name, json: await mask(earlier.id, json) });
      }
      return given;
    },
    masked(stepId, json) {
      if (json !== null) masked.set(stepId, { of: json, json });
    },
  };
}
