import { toast } from "../../ui/index.ts";
import { type Step, TRIGGER_NAME, updateStep, type Workflow } from "../../workflow/index.ts";
import { type CodeSelection, lastFocused, putCursor, selectionOf } from "../code/index.ts";
import { type EditorContextValue, stepOf } from "../services.ts";
import { placeIn } from "./place-in.ts";

/** A Python expression that reads a part of what a step (or `trigger`) exported, and that step's name. */
export interface ExportPath {
  readonly expression: string;
  readonly from: string;
}

type Editor = Pick<EditorContextValue, "document" | "view">;

/** The steps that can read exports of the step called `from`: those below it. */
export function readersOf({ steps }: Workflow, from: string): readonly Step[] {
  if (from === TRIGGER_NAME) return steps;
  const index = steps.findIndex((step) => step.name === from);
  return index < 0 ? [] : steps.slice(index + 1);
}

/** Puts a path where the person wrote last in a later step; where that can't be told, they are asked for the step. */
export function insertPath(editor: Editor, path: ExportPath): void {
  const readers = readersOf(editor.document.getState().workflow, path.from);
  const target =
    lastFocused(new Set(readers.map(({ id }) => id))) ?? (readers.length === 1 ? readers[0]?.id : null);
  if (target) insertInto(editor, target, path.expression);
  else if (readers.length > 0) editor.view.getState().askForReader(path);
  else toast(`No step comes after ${path.from}: add one below it, which can read this.`, { tone: "warn" });
}

/** Puts a path at a place of a step's code where it was dropped. Refused where the step runs before it could be read. */
export function dropPath(editor: Editor, path: ExportPath, stepId: string, offset: number): void {
  const { workflow } = editor.document.getState();
  if (readersOf(workflow, path.from).some(({ id }) => id === stepId)) {
    insertInto(editor, stepId, path.expression, { start: offset, end: offset });
    return;
  }
  const name = stepOf(workflow, stepId)?.name ?? "This step";
  const why = name === path.from ? "a step can't read its own exports" : `it runs before ${path.from}`;
  toast(`${name} can't read this: ${why}.`, { tone: "warn" });
}

/**
 * Puts an expression into a step's code in place of `at` (else of what is selected there, else at the beginning of its handler), as
 * one edit, and the cursor behind it.
 */
export function insertInto(editor: Editor, stepId: string, expression: string, at?: CodeSelection): void {
  const { document, view } = editor;
  const step = stepOf(document.getState().workflow, stepId);
  if (!step) return;
  const code = step.code.replace(/\r\n?/g, "\n");
  const selection = at ?? selectionOf(stepId);
  const { start, end, text } = selection
    ? { start: selection.start, end: selection.end, text: expression }
    : placeIn(code, expression);
  const changed = code.slice(0, start) + text + code.slice(end);
  document.getState().apply((workflow) => updateStep(workflow, stepId, { code: changed, collapsed: false }));
  view.getState().requestFocus(stepId);
  // Behind what draws the changed code, and what gives the card the focus.
  setTimeout(() => setTimeout(() => putCursor(stepId, start + text.length)));
}
