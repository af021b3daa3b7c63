import type { DeletedRun, PastRunSummary, PastStep, PastTrigger, RunHistory } from "../../runs/index.ts";
import { toast } from "../../ui/index.ts";
import { setEventText, setTriggerCollapsed, TRIGGER_NAME, updateStep } from "../../workflow/index.ts";
import type { EditorServices } from "../services.ts";
import type { ShownHistory } from "../view.ts";

/** What the past runs need of the editor. */
export type HistoryServices = Pick<EditorServices, "document" | "history" | "view">;

/** Of two runs, the older one is what the newer is compared with. */
export function comparisonOf(runs: readonly PastRunSummary[]): ShownHistory | null {
  const [older, newer] = runs.toSorted((a, b) => a.startedAt - b.startedAt);
  return older && newer ? { kind: "comparison", ids: [older.id, newer.id] } : null;
}

/** Deletes a run; gives what `restoreRun` brings back, or null. */
export async function deleteRun(history: RunHistory, id: string): Promise<DeletedRun | null> {
  try {
    return await history.getState().delete(id);
  } catch (error) {
    say(error);
    return null;
  }
}

export function restoreRun(history: RunHistory, deleted: DeletedRun): void {
  void history.getState().restore(deleted).catch(say);
}

/** Makes a past run's event the one that tests run with. */
export async function takeEventOf(services: HistoryServices, id: string): Promise<void> {
  try {
    const run = await services.history.getState().open(id);
    if (run === null) toast("This run is gone by now.", { tone: "warn" });
    else takeEvent(services, run.trigger);
  } catch (error) {
    say(error);
  }
}

/** Makes an event the one that tests run with, as an edit that can be undone, and goes back to the steps. */
export function takeEvent({ document, view }: HistoryServices, { eventText, length }: PastTrigger): void {
  if (eventText === null) {
    toast(`This run's event of ${length.toLocaleString("en")} characters was too large to be kept.`, {
      tone: "warn",
    });
    return;
  }
  const before = document.getState().workflow;
  document.getState().apply((workflow) => setTriggerCollapsed(setEventText(workflow, eventText), false));
  const after = document.getState().workflow;
  view.getState().showHistory(null);
  view.getState().requestFocus(TRIGGER_NAME);
  if (after.trigger.eventText === before.trigger.eventText) {
    toast("The trigger has this event already");
    return;
  }
  const hidden = eventText.includes("⟦") ? " Secrets in it were replaced by their names." : "";
  toast(`The run's event is the trigger's now.${hidden}`, {
    tone: hidden === "" ? "ok" : "warn",
    action: {
      label: "Undo",
      onClick: () =>
        document.getState().apply((workflow) => setEventText(workflow, before.trigger.eventText)),
    },
  });
}

/** Puts the code of a past run into its step, as an edit that can be undone. */
export function restoreCode({ document }: HistoryServices, { step }: PastStep): void {
  const before = document.getState().workflow.steps.find(({ id }) => id === step.id);
  if (before === undefined) return;
  const put = (code: string) =>
    document.getState().apply((workflow) => updateStep(workflow, step.id, { code }));
  put(step.code);
  toast(`${before.name} has the code of this run now`, {
    tone: "ok",
    action: { label: "Undo", onClick: () => put(before.code) },
  });
}

function say(error: unknown): void {
  toast(error instanceof Error ? error.message : String(error), { tone: "bad" });
}
