import { useEffect, useRef } from "react";
import { matchesChord } from "./chord.ts";
import type { Command, CommandSource, KeyPlace } from "./command.ts";

/**
 * Runs commands by their keys. It listens before anything on the page does, so that the keys mean the same in the code editor as
 * elsewhere; what is not enabled leaves its keys to the page.
 */
export function useCommandKeys(source: CommandSource): void {
  const latest = useRef(source);
  latest.current = source;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A key that is held undoes again and again, but starts nothing twice.
      if (event.isComposing || (event.repeat && event.key === "Enter") || !isChordLike(event)) return;
      const command = commandOf(event, latest.current);
      if (command === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      command.run();
    };
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}

/** The command that a key press runs, if any. */
function commandOf(event: KeyboardEvent, source: CommandSource): Command | undefined {
  const target = event.target instanceof Element ? event.target : null;
  const places = placesOf(target);
  if (places.size === 0) return undefined;
  return source(target).find(
    (command) =>
      command.enabled &&
      command.byBrowser !== true &&
      places.has(command.place ?? "outside-text") &&
      command.keys?.some((chord) => matchesChord(event, chord)) === true,
  );
}

const above = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const text = "input, textarea, select, [contenteditable], .monaco-editor";

/** Which commands' keys work while `target` has the focus. */
export function placesOf(target: Element | null): ReadonlySet<KeyPlace> {
  if (target?.closest(above)) return new Set();
  // What is typed into the editor's own find box are its keys.
  if (target?.closest(".find-widget")) return new Set();
  if (target?.closest(text)) return new Set(["anywhere"]);
  if (target?.matches("article")) return new Set(["anywhere", "outside-text", "card"]);
  return new Set(["anywhere", "outside-text"]);
}

/** Most keys are letters of a text: those can't be a command's. */
function isChordLike({ ctrlKey, metaKey, altKey, key }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey || key === "?" || (key.length > 1 && key !== "Shift");
}
