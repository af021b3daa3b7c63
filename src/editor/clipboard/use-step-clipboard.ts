import { useEffect } from "react";
import { placesOf } from "../../ui/commands/index.ts";
import { toast } from "../../ui/index.ts";
import { writeSteps } from "../../workflow/index.ts";
import { deleteStep } from "../actions.ts";
import { stepAround } from "../commands/index.ts";
import { type EditorContextValue, stepOf } from "../services.ts";
import { sayCopied } from "./copy.ts";
import { indexBelow, pasteText } from "./paste.ts";

/**
 * The browser's own copy, cut and paste while a card itself has the focus: they are about its step then. Pasting works too where nothing
 * has the focus. These events come with the clipboard, for which the browser would ask otherwise.
 */
export function useStepClipboard(editor: EditorContextValue): void {
  useEffect(() => {
    const focusedStep = () => {
      const { activeElement } = document;
      if (!placesOf(activeElement).has("card") || getSelection()?.isCollapsed === false) return undefined;
      const id = stepAround(activeElement);
      return id === null ? undefined : stepOf(editor.document.getState().workflow, id);
    };
    const onCopy = (event: ClipboardEvent) => {
      const step = focusedStep();
      if (step === undefined || event.defaultPrevented || event.clipboardData === null) return;
      const isCut = event.type === "cut" && !editor.document.getState().readOnly;
      event.clipboardData.setData("text/plain", writeSteps([step]));
      event.preventDefault();
      sayCopied(step);
      if (isCut) deleteStep(editor, step.id);
    };
    const onPaste = (event: ClipboardEvent) => {
      const { activeElement } = document;
      const isFree = activeElement === null || activeElement === document.body;
      if (!isFree && !placesOf(activeElement).has("card")) return;
      const { readOnly } = editor.document.getState();
      if (event.defaultPrevented || readOnly || editor.view.getState().history !== null) return;
      event.preventDefault();
      const problem = pasteText(
        editor,
        indexBelow(editor, stepAround(activeElement)),
        event.clipboardData?.getData("text/plain") ?? "",
      );
      if (problem !== null) toast(`Nothing pasted. ${problem}`, { tone: "bad" });
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCopy);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCopy);
      document.removeEventListener("paste", onPaste);
    };
  }, [editor]);
}
