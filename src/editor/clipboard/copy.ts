import { toast } from "../../ui/index.ts";
import { type Step, writeSteps } from "../../workflow/index.ts";
import { deleteStep } from "../actions.ts";
import { type EditorContextValue, stepOf } from "../services.ts";

/** Puts a step on the clipboard as text. Where the browser does not allow it, the text is shown to be copied by hand. */
export async function copyStepText(editor: EditorContextValue, stepId: string): Promise<boolean> {
  const step = stepOf(editor.document.getState().workflow, stepId);
  if (step === undefined) return false;
  const text = writeSteps([step]);
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    editor.view.getState().openClipboard({ mode: "copy", name: step.name, text });
    return false;
  }
  sayCopied(step);
  return true;
}

/** Copies a step and takes it away, once it is on the clipboard. */
export async function cutStep(editor: EditorContextValue, stepId: string): Promise<void> {
  if (await copyStepText(editor, stepId)) deleteStep(editor, stepId);
}

/** Tells that a step can be pasted now. */
export function sayCopied({ name }: Step): void {
  toast(`Copied ${name}. Paste it in this workflow or another one.`, { tone: "ok" });
}
