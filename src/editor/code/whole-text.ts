import type { monaco } from "./monaco.ts";

/**
 * Text of several lines that arrives in one piece without being pasted (dictation, input methods, assistive technology) goes
 * in as it is. Monaco would take it for typing and indent each of its lines once more.
 */
export function insertLinesAsTheyAre(editor: monaco.editor.IStandaloneCodeEditor): void {
  editor.getDomNode()?.addEventListener(
    "beforeinput",
    (event) => {
      if (event.inputType !== "insertText" || !event.data?.includes("\n") || event.data.length < 2) return;
      event.preventDefault();
      editor.trigger("input", "paste", { text: event.data, pasteOnNewLine: false, multicursorText: null });
    },
    { capture: true },
  );
}
