import type { monaco as Monaco } from "./monaco.ts";
import { smallestEdit } from "./text-edit.ts";

type TextModel = Monaco.editor.ITextModel;
type ViewState = Monaco.editor.ICodeEditorViewState;

/** What is kept of a text while no editor shows it: its undo history, cursor and marks. */
interface Kept {
  readonly model: TextModel;
  viewState: ViewState | null;
}

const kept = new Map<string, Kept>();

/** The model of the text called `id`, made when there is none, with exactly `text` in it. */
export function openModel(
  monaco: typeof Monaco,
  id: string,
  language: "python" | "json",
  text: string,
): TextModel {
  const found = kept.get(id);
  if (found !== undefined) {
    replaceText(monaco, found.model, text);
    return found.model;
  }
  const model = monaco.editor.createModel(text, language, uriOf(monaco, id, language));
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  kept.set(id, { model, viewState: null });
  return model;
}

/** Address of the text called `id`. */
export function uriOf(monaco: typeof Monaco, id: string, language: "python" | "json"): Monaco.Uri {
  return monaco.Uri.parse(`inmemory://runnel/${id}.${language === "python" ? "py" : "json"}`);
}

/** Brings `model` to `text` in one undoable edit that leaves cursors outside the changed part alone. */
export function replaceText(monaco: typeof Monaco, model: TextModel, text: string): void {
  const edit = smallestEdit(model.getValue(), withLineFeeds(text));
  if (edit === null) return;
  const range = monaco.Range.fromPositions(
    model.getPositionAt(edit.offset),
    model.getPositionAt(edit.offset + edit.length),
  );
  model.pushStackElement();
  model.pushEditOperations(null, [{ range, text: edit.text }], () => null);
  model.pushStackElement();
}

/** The one line ending that models have. */
export function withLineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

export function saveViewState(id: string, state: ViewState | null): void {
  const entry = kept.get(id);
  if (entry !== undefined) entry.viewState = state;
}

export function savedViewState(id: string): ViewState | null {
  return kept.get(id)?.viewState ?? null;
}

/** Drops every text but those called `ids`. */
export function keepOnlyModels(ids: ReadonlySet<string>): void {
  for (const [id, { model }] of kept) {
    if (ids.has(id)) continue;
    kept.delete(id);
    model.dispose();
  }
}

/** Drops every text whose id begins with `prefix`. */
export function forgetModels(prefix: string): void {
  keepOnlyModels(new Set([...kept.keys()].filter((id) => !id.startsWith(prefix))));
}
