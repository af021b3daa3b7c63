import { useEffect } from "react";
import type { DocumentStore } from "../workflow/index.ts";

const isMac = typeof navigator !== "undefined" && /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** How the modifier of shortcuts is written on this machine. */
export const modifier = isMac ? "⌘" : "Ctrl+";
export const redoKeys = isMac ? "⇧⌘Z" : "Ctrl+Shift+Z";
/** A letter with Alt, or Option. */
export const altKey = isMac ? "⌥" : "Alt ";

/** Ctrl/Cmd+Z undoes and Ctrl/Cmd+Shift+Z (or Ctrl+Y) redoes an edit, outside of text: there the keys are the text's own. */
export function useUndoKeys(document: DocumentStore): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const action = undoActionOf(event);
      if (action === null || event.defaultPrevented) return;
      event.preventDefault();
      document.getState()[action]();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [document]);
}

/** What a key press asks of the document's history, or null. */
export function undoActionOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey" | "target">,
): "undo" | "redo" | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || isText(event.target)) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && event.ctrlKey && !event.shiftKey ? "redo" : null;
}

/** Whether keys that arrive at `target` belong to a text that is being typed, or to a dialog above the page. */
function isText(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "input, textarea, select, [contenteditable], .monaco-editor, [role=dialog], [role=menu]",
    ) !== null
  );
}
