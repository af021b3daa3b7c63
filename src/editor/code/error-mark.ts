import { type LineMark, lineRange, setLineMarks, startOf, stickiness } from "./line-marks.ts";
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
  if ((before?.error ?? null) === error) return;
  const line = error?.line ?? null;
  setLineMarks(
    monaco,
    model,
    owner,
    error !== null && line !== null && isLine(model, line) ? [lineMark(monaco, model, error, line)] : [],
  );
  const places = (error?.places ?? []).flatMap(({ ran, today }) =>
    today !== null && isLine(model, today) ? [{ ran, today }] : [],
  );
  const followed = model.deltaDecorations(
    [...(before?.followed.values() ?? [])],
    places.map(({ today }) => ({ range: lineRange(monaco, model, today), options: { stickiness } })),
  );
  marks.set(model, {
    error,
    followed: new Map(places.map(({ ran }, index) => [ran, followed[index] ?? ""])),
  });
}

function lineMark(
  monaco: typeof Monaco,
  model: TextModel,
  { column, message }: CodeError,
  line: number,
): LineMark {
  return {
    marker: {
      severity: monaco.MarkerSeverity.Error,
      message,
      startLineNumber: line,
      endLineNumber: line,
      startColumn: column ?? startOf(model, line),
      endColumn: model.getLineMaxColumn(line),
    },
    look: {
      isWholeLine: true,
      className: "runnel-error-line",
      lineNumberClassName: "runnel-error-number",
    },
  };
}

/** Where line `ran` of the code that ran is by now; `ran` itself where it isn't known. */
export function currentLine(model: TextModel, ran: number): number {
  const decoration = marks.get(model)?.followed.get(ran);
  if (decoration === undefined) return ran;
  return model.getDecorationRange(decoration)?.startLineNumber ?? ran;
}

function isLine(model: TextModel, line: number): boolean {
  return line >= 1 && line <= model.getLineCount();
}
