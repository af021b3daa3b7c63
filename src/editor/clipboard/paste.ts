import { countOf } from "../../lib/format.ts";
import { toast } from "../../ui/index.ts";
import { pasteSteps, readSteps, removeStep, type Step } from "../../workflow/index.ts";
import type { EditorContextValue } from "../services.ts";

/** Pastes what is on the clipboard at `index`. Where the browser does not let us read it, a dialog asks for the text. */
export async function pasteFromClipboard(editor: EditorContextValue, index: number): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    editor.view.getState().openClipboard({ mode: "paste", index });
    return;
  }
  const problem = pasteText(editor, index, text);
  if (problem !== null) toast(`Nothing pasted. ${problem}`, { tone: "bad" });
}

/** Where a step goes that is pasted while `after` has the focus: below it, else at the end. */
export function indexBelow({ document }: EditorContextValue, after: string | null): number {
  const { steps } = document.getState().workflow;
  const index = steps.findIndex((step) => step.id === after);
  return index < 0 ? steps.length : index + 1;
}

/** Puts the steps of a text at `index` and gives the focus to the first of them. Gives what is wrong with the text, or null. */
export function pasteText(editor: EditorContextValue, index: number, text: string): string | null {
  const { document, view } = editor;
  const read = readSteps(text);
  if (!read.ok) return read.error.message;
  const steps = read.value.map((step) => knownHere(editor, step));
  let ids: readonly string[] = [];
  document.getState().apply((workflow) => {
    const pasted = pasteSteps(workflow, index, steps);
    ids = pasted.ids;
    return pasted.workflow;
  });
  view.getState().requestFocus(ids[0] ?? null);
  const names = document.getState().workflow.steps.filter(({ id }) => ids.includes(id));
  toast(names.length === 1 ? `Pasted ${names[0]?.name}` : `Pasted ${countOf(names.length, "step")}`, {
    tone: "ok",
    action: {
      label: "Undo",
      onClick: () => document.getState().apply((workflow) => ids.reduce(removeStep, workflow)),
    },
  });
  return null;
}

/** The step with those of its accounts and data stores that this browser has; what comes from elsewhere asks for them again. */
function knownHere({ accounts, dataStores }: EditorContextValue, step: Step): Step {
  const known = new Map(accounts.getState().accounts.map(({ id, app }) => [id, app]));
  const hasStore = dataStores.getState().stores.some(({ id }) => id === step.dataStore?.id);
  return {
    ...step,
    dataStore: step.dataStore && { id: hasStore ? step.dataStore.id : null },
    apps: step.apps.map(({ app, accountId }) => ({
      app,
      accountId: accountId !== null && known.get(accountId) === app ? accountId : null,
    })),
  };
}
