import type { monaco as Monaco } from "./monaco.ts";

type Editor = Monaco.editor.IStandaloneCodeEditor;

/** Offsets in a text with single line feeds. */
export interface CodeSelection {
  readonly start: number;
  readonly end: number;
}

/** Editors that are mounted, by the ids of their texts. */
const mounted = new Map<string, Editor>();
/** Where the cursor was in texts that had the focus; the one that had it last comes last. */
const selections = new Map<string, CodeSelection>();
/** Cursors for texts whose editor isn't there yet. */
const awaited = new Map<string, number>();
let dropCursor: { readonly id: string; readonly shown: Monaco.editor.IEditorDecorationsCollection } | null =
  null;

/** Follows where the cursor of an editor is. Gives the way to end it, to be called before the editor is disposed of. */
export function followCursor(id: string, editor: Editor): () => void {
  mounted.set(id, editor);
  const offset = awaited.get(id);
  if (offset !== undefined) place(editor, offset);
  awaited.delete(id);
  const subscriptions = [
    editor.onDidFocusEditorText(() => remember(id, editor)),
    editor.onDidBlurEditorText(() => remember(id, editor)),
  ];
  return () => {
    if (selections.has(id)) selections.set(id, selectionIn(editor));
    if (dropCursor?.id === id) dropCursor = null;
    for (const subscription of subscriptions) subscription.dispose();
    if (mounted.get(id) === editor) mounted.delete(id);
  };
}

/** Which of these texts had the focus last, or null. */
export function lastFocused(among: ReadonlySet<string>): string | null {
  return [...selections.keys()].findLast((id) => among.has(id)) ?? null;
}

/** What is selected in a text that had the focus; null where it never had. */
export function selectionOf(id: string): CodeSelection | null {
  const known = selections.get(id);
  const editor = mounted.get(id);
  return known && editor ? selectionIn(editor) : (known ?? null);
}

/** Puts the cursor into a text and gives it the focus: at once, or as soon as its editor is there. */
export function putCursor(id: string, offset: number): void {
  const editor = mounted.get(id);
  if (editor) place(editor, offset);
  else awaited.set(id, offset);
}

/** The place in a text that a point of the window is at, in pixels; null where its editor isn't there. */
export function offsetAt(id: string, x: number, y: number): number | null {
  const editor = mounted.get(id);
  const position = editor?.getTargetAtClientPoint(x, y)?.position;
  return position ? (editor?.getModel()?.getOffsetAt(position) ?? null) : null;
}

/** Shows where something would be dropped; null: nowhere. */
export function showDropCursor(at: { readonly id: string; readonly offset: number } | null): void {
  if (dropCursor && dropCursor.id !== at?.id) {
    dropCursor.shown.clear();
    dropCursor = null;
  }
  const editor = at && mounted.get(at.id);
  const model = editor?.getModel();
  if (!at || !editor || !model) return;
  const { lineNumber, column } = model.getPositionAt(at.offset);
  dropCursor ??= { id: at.id, shown: editor.createDecorationsCollection() };
  dropCursor.shown.set([
    {
      range: {
        startLineNumber: lineNumber,
        startColumn: column,
        endLineNumber: lineNumber,
        endColumn: column,
      },
      options: { className: "runnel-drop-cursor", showIfCollapsed: true },
    },
  ]);
}

function remember(id: string, editor: Editor): void {
  selections.delete(id);
  selections.set(id, selectionIn(editor));
}

function selectionIn(editor: Editor): CodeSelection {
  const [model, selection] = [editor.getModel(), editor.getSelection()];
  if (!model || !selection) return { start: 0, end: 0 };
  return {
    start: model.getOffsetAt(selection.getStartPosition()),
    end: model.getOffsetAt(selection.getEndPosition()),
  };
}

function place(editor: Editor, offset: number): void {
  const position = editor.getModel()?.getPositionAt(offset);
  if (!position) return;
  editor.setPosition(position);
  editor.focus();
  editor.revealPositionInCenterIfOutsideViewport(position);
  editor.getDomNode()?.scrollIntoView({ block: "nearest" });
}
