import type { monaco as Monaco } from "./monaco.ts";

/**
 * Whoever comes by Tab goes on by Tab: it indents only after the person has begun to work in the editor, by another key
 * or the mouse. Without this every editor on the way through the page would hold the focus.
 */
export function letTabPass(editor: Monaco.editor.IStandaloneCodeEditor): void {
  let passes = false;
  const setPasses = (next: boolean) => {
    if (next === passes) return;
    passes = next;
    editor.updateOptions({ tabFocusMode: next });
  };
  editor.onDidFocusEditorText(() => setPasses(cameByTab()));
  editor.onMouseDown(() => setPasses(false));
  editor.onKeyDown(({ browserEvent: { key } }) => {
    if (!passing.has(key)) setPasses(false);
  });
}

/** Keys that don't show an intention to edit. */
const passing = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "Escape"]);

let lastInput: "tab" | "other" = "other";
const listenTo = (type: "keydown" | "pointerdown") =>
  window.addEventListener(
    type,
    (event) => {
      lastInput = event instanceof KeyboardEvent && event.key === "Tab" ? "tab" : "other";
    },
    { capture: true },
  );
listenTo("keydown");
listenTo("pointerdown");

/** Whether the last thing the person did was to press Tab. */
function cameByTab(): boolean {
  return lastInput === "tab";
}
