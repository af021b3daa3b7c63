import { stateOf } from "../../runs/index.ts";
import { parseEvent, type Step } from "../../workflow/index.ts";
import type { CompletionRoots } from "../code/index.ts";
import type { EditorContextValue } from "../services.ts";

/** Larger exports and events aren't parsed just because somebody types. Characters of JSON. */
const largestText = 1_000_000;

const context = {
  id: "",
  ts: "",
  workflow_id: "",
  workflow_name: "",
  deployment_id: "",
  owner_id: "",
  platform_version: "",
  replay: false,
  trace_id: "",
  emitter_id: "",
};

/** By step id, and of the trigger. */
const parsed = new Map<string, { readonly json: string; readonly value: unknown }>();

/** What `step` can read: the event, the last exports of the steps above, the properties of its attached apps, its data store. */
export function completionRoots(
  { document, runs, language }: Pick<EditorContextValue, "document" | "runs" | "language">,
  step: Step,
  fields: ReadonlyMap<string, readonly string[]>,
): CompletionRoots {
  const { workflow } = document.getState();
  const steps: Record<string, unknown> = { trigger: { event: eventOf(workflow.trigger.eventText), context } };
  for (const earlier of workflow.steps) {
    if (earlier.id === step.id) break;
    steps[earlier.name] = exportsOf(earlier.id, stateOf(runs.getState(), earlier.id).exportsJson);
  }
  const inputs = Object.fromEntries(
    step.apps.map(({ app }) => [
      app,
      { $auth: Object.fromEntries((fields.get(app) ?? []).map((name) => [name, ""])) },
    ]),
  );
  return {
    steps,
    inputs: step.dataStore ? { ...inputs, data_store: {} } : inputs,
    variables: language?.variables() ?? [],
  };
}

function eventOf(text: string): unknown {
  return readOnce("trigger", text, (json) => {
    const event = parseEvent(json);
    return event.ok ? event.value : {};
  });
}

function exportsOf(stepId: string, json: string | null): unknown {
  return json === null ? {} : readOnce(stepId, json, JSON.parse);
}

/** With every key the same is asked for. */
function readOnce(id: string, json: string, parse: (json: string) => unknown): unknown {
  if (json.length > largestText) return {};
  const known = parsed.get(id);
  if (known?.json === json) return known.value;
  const value = parse(json);
  parsed.set(id, { json, value });
  return value;
}
