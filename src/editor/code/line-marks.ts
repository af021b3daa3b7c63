import type { monaco as Monaco } from "./monaco.ts";

type TextModel = Monaco.editor.ITextModel;

/** Something said of lines of a text. */
export interface LineMark {
  readonly marker: Monaco.editor.IMarkerData;
  /** How its lines look, besides what the marker draws. */
  readonly look?: Omit<Monaco.editor.IModelDecorationOptions, "stickiness"> | undefined;
}

/** A mark that is still true. */
export interface ShownMark {
  readonly mark: LineMark;
  /** By how many lines it has moved down since it was shown. */
  readonly moved: number;
}

interface Kept extends ShownMark {
  /** Follows the lines. */
  readonly decoration: string;
  /** What they read. */
  readonly text: string;
}

/** Of each text, by owner. */
const kept = new WeakMap<TextModel, Map<string, readonly Kept[]>>();

/**
 * Shows what one owner has to say of a text, in the place of what it said before. Each mark belongs to what its lines read: edits
 * elsewhere move it, and when one of its lines changes it goes at once.
 */
export function setLineMarks(
  monaco: typeof Monaco,
  model: TextModel,
  owner: string,
  marks: readonly LineMark[],
): void {
  let owners = kept.get(model);
  if (owners === undefined) {
    if (marks.length === 0) return;
    owners = new Map();
    kept.set(model, owners);
    model.onDidChangeContent(() => forgetChanged(monaco, model));
  }
  const shown = marks.map((mark) => ({ mark, moved: 0 }));
  owners.set(owner, show(monaco, model, owner, shown, owners.get(owner) ?? []));
}

/** What an owner has said of the text and still holds. */
export function lineMarksOf(model: TextModel, owner: string): readonly ShownMark[] {
  return kept.get(model)?.get(owner) ?? [];
}

/** `NeverGrowsWhenTypingAtEdges`: a line that is typed before or behind another is not part of it. */
export const stickiness = 1;

/** A whole line, but for its indentation. */
export function lineRange(
  monaco: typeof Monaco,
  model: TextModel,
  first: number,
  last: number = first,
): Monaco.Range {
  return new monaco.Range(first, startOf(model, first), last, model.getLineMaxColumn(last));
}

export function startOf(model: TextModel, line: number): number {
  return model.getLineFirstNonWhitespaceColumn(line) || 1;
}

function show(
  monaco: typeof Monaco,
  model: TextModel,
  owner: string,
  marks: readonly ShownMark[],
  before: readonly Kept[],
): readonly Kept[] {
  const ranges = marks.map(({ mark, moved }) => linesOf(monaco, model, mark, moved));
  monaco.editor.setModelMarkers(
    model,
    owner,
    marks.map(({ mark: { marker }, moved }) => ({
      ...marker,
      startLineNumber: marker.startLineNumber + moved,
      endLineNumber: marker.endLineNumber + moved,
    })),
  );
  const decorations = model.deltaDecorations(
    before.map(({ decoration }) => decoration),
    ranges.map((range, index) => ({ range, options: { ...marks[index]?.mark.look, stickiness } })),
  );
  return marks.map((mark, index) => ({
    mark: mark.mark,
    moved: mark.moved,
    decoration: decorations[index] ?? "",
    text: textOf(model, ranges[index]),
  }));
}

function forgetChanged(monaco: typeof Monaco, model: TextModel): void {
  for (const [owner, before] of kept.get(model) ?? []) {
    let changed = false;
    const left = before.flatMap(({ mark, decoration, text }) => {
      const found = model.getDecorationRange(decoration);
      const moved = found === null ? 0 : found.startLineNumber - mark.marker.startLineNumber;
      const range = linesOf(monaco, model, mark, moved);
      const stays = textOf(model, range) === text;
      // Its lines were replaced by lines that read the same: what follows them has shrunk to one place.
      changed ||= !stays || !monaco.Range.equalsRange(range, found);
      return stays ? [{ mark, decoration, text, moved }] : [];
    });
    kept.get(model)?.set(owner, changed ? show(monaco, model, owner, left, before) : left);
  }
}

/** The lines of a mark, as far as the text has them. */
function linesOf(monaco: typeof Monaco, model: TextModel, { marker }: LineMark, moved: number): Monaco.Range {
  const within = (line: number) => Math.min(Math.max(line + moved, 1), model.getLineCount());
  return lineRange(monaco, model, within(marker.startLineNumber), within(lastLineOf(marker)));
}

/** What ends where a line begins has nothing of that line. */
function lastLineOf({ startLineNumber, endLineNumber, endColumn }: Monaco.editor.IMarkerData): number {
  return endColumn === 1 && endLineNumber > startLineNumber ? endLineNumber - 1 : endLineNumber;
}

/** Whole lines: their indentation is part of what they read. */
function textOf(model: TextModel, range: Monaco.IRange | undefined): string {
  if (range === undefined) return "";
  const lines: string[] = [];
  for (let line = range.startLineNumber; line <= range.endLineNumber; line++)
    lines.push(model.getLineContent(line));
  return lines.join("\n");
}
