import type { monaco as Monaco } from "./monaco.ts";

/** Where a step failed, as far as the code editor is concerned. */
export interface CodeError {
  /** Line from 1; null: that line was changed since. */
  readonly line: number | null;
  /** Column from 1; null marks the whole line. */
  readonly column: number | null;
  readonly message: string;
  /** Lines of the code that ran, and where they are in the text that is marked; they are followed as it is edited. */
  readonly places?: readonly { readonly ran: number; readonly today: number | null }[] | undefined;
}

type TextModel = Monaco.editor.ITextModel;

interface Mark {
  readonly error: CodeError | null;
  /** The decoration of the marked line and what that reads; null: nothing is marked (any more). */
  readonly marked: { readonly decoration: string; readonly text: string } | null;
  /** Decorations that follow lines of the code that ran. */
  readonly followed: ReadonlyMap<number, string>;
}

const owner = "run";
const marks = new WeakMap<TextModel, Mark>();

/**
 * Marks the line of `error`, or takes the mark away. The same error object is marked once: when the person has changed
 * the line its mark goes, and stays away until another error comes. Other edits move it.
 */
export function markError(monaco: typeof Monaco, model: TextModel, error: CodeError | null): void {
  const before = marks.get(model);
  if (before !== undefined && before.error === error) return;
  if (before === undefined) {
    if (error === null) return;
    model.onDidChangeContent(() => forgetChanged(monaco, model));
  }
  const old = before === undefined ? [] : decorationsOf(before);
  const places = (error?.places ?? []).flatMap(({ ran, today }) =>
    today !== null && isLine(model, today) ? [{ ran, today }] : [],
  );
  const line = error?.line ?? null;
  const marksLine = line !== null && isLine(model, line);
  monaco.editor.setModelMarkers(
    model,
    owner,
    marksLine
      ? [
          {
            severity: monaco.MarkerSeverity.Error,
            message: error?.message ?? "",
            startLineNumber: line,
            endLineNumber: line,
            startColumn: error?.column ?? startOf(model, line),
            endColumn: model.getLineMaxColumn(line),
          },
        ]
      : [],
  );
  const added = model.deltaDecorations(old, [
    ...(marksLine
      ? [
          {
            range: lineRange(monaco, model, line),
            options: {
              isWholeLine: true,
              className: "runnel-error-line",
              lineNumberClassName: "runnel-error-number",
              stickiness,
            },
          },
        ]
      : []),
    ...places.map(({ today }) => ({ range: lineRange(monaco, model, today), options: { stickiness } })),
  ]);
  const [first] = added;
  const marked =
    marksLine && first !== undefined ? { decoration: first, text: model.getLineContent(line) } : null;
  const rest = marked ? added.slice(1) : added;
  marks.set(model, {
    error,
    marked,
    followed: new Map(places.map(({ ran }, index) => [ran, rest[index] ?? ""])),
  });
}

/** `NeverGrowsWhenTypingAtEdges`: a line that is typed before or behind it is not part of it. */
const stickiness = 1;

/** Where line `ran` of the code that ran is by now; `ran` itself where it isn't known. */
export function currentLine(model: TextModel, ran: number): number {
  const decoration = marks.get(model)?.followed.get(ran);
  if (decoration === undefined) return ran;
  return model.getDecorationRange(decoration)?.startLineNumber ?? ran;
}

/** The mark goes when what its line reads is another. */
function forgetChanged(monaco: typeof Monaco, model: TextModel): void {
  const mark = marks.get(model);
  if (!mark?.marked) return;
  const { decoration, text } = mark.marked;
  const line = model.getDecorationRange(decoration)?.startLineNumber;
  if (line !== undefined && model.getLineContent(line) === text) return;
  monaco.editor.setModelMarkers(model, owner, []);
  model.deltaDecorations([decoration], []);
  marks.set(model, { ...mark, marked: null });
}

function decorationsOf({ marked, followed }: Mark): string[] {
  return [...(marked ? [marked.decoration] : []), ...followed.values()];
}

function isLine(model: TextModel, line: number): boolean {
  return line >= 1 && line <= model.getLineCount();
}

function startOf(model: TextModel, line: number): number {
  return model.getLineFirstNonWhitespaceColumn(line) || 1;
}

function lineRange(monaco: typeof Monaco, model: TextModel, line: number): Monaco.Range {
  return new monaco.Range(line, startOf(model, line), line, model.getLineMaxColumn(line));
}
