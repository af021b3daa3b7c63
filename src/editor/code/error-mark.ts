import type { monaco as Monaco } from "./monaco.ts";

/** Where a step failed, as far as the code editor is concerned. */
export interface CodeError {
  /** Line from 1. */
  readonly line: number;
  /** Column from 1; null marks the whole line. */
  readonly column: number | null;
  readonly message: string;
}

type TextModel = Monaco.editor.ITextModel;

interface Mark {
  readonly error: CodeError | null;
  readonly decorations: string[];
}

const owner = "run";
const marks = new WeakMap<TextModel, Mark>();

/**
 * Marks the line of `error`, or takes the mark away. The same error object is marked once: when the person has changed
 * the line its mark goes, and stays away until another error comes.
 */
export function markError(monaco: typeof Monaco, model: TextModel, error: CodeError | null): void {
  const before = marks.get(model);
  if (before !== undefined && before.error === error) return;
  if (before === undefined) {
    if (error === null) return;
    model.onDidChangeContent(({ changes }) => forgetChanged(monaco, model, changes));
  }
  const old = before?.decorations ?? [];
  if (error === null || error.line < 1 || error.line > model.getLineCount()) {
    monaco.editor.setModelMarkers(model, owner, []);
    marks.set(model, { error, decorations: model.deltaDecorations(old, []) });
    return;
  }
  const { line } = error;
  monaco.editor.setModelMarkers(model, owner, [
    {
      severity: monaco.MarkerSeverity.Error,
      message: error.message,
      startLineNumber: line,
      endLineNumber: line,
      startColumn: error.column ?? (model.getLineFirstNonWhitespaceColumn(line) || 1),
      endColumn: model.getLineMaxColumn(line),
    },
  ]);
  const decorations = model.deltaDecorations(old, [
    {
      range: new monaco.Range(line, 1, line, 1),
      options: {
        isWholeLine: true,
        className: "runnel-error-line",
        lineNumberClassName: "runnel-error-number",
      },
    },
  ]);
  marks.set(model, { error, decorations });
}

/** Where the marked line `line` of the run's code is by now; `line` itself where it isn't marked any more. */
export function currentLine(model: TextModel, line: number): number {
  const mark = marks.get(model);
  const [decoration] = mark?.decorations ?? [];
  if (decoration === undefined || mark?.error?.line !== line) return line;
  return model.getDecorationRange(decoration)?.startLineNumber ?? line;
}

function forgetChanged(
  monaco: typeof Monaco,
  model: TextModel,
  changes: readonly { readonly range: Monaco.IRange; readonly text: string }[],
): void {
  const mark = marks.get(model);
  const [decoration] = mark?.decorations ?? [];
  if (mark === undefined || decoration === undefined) return;
  const line = model.getDecorationRange(decoration)?.startLineNumber;
  const touched =
    line === undefined ||
    changes.some(({ range, text }) => {
      const end = range.startLineNumber + text.split("\n").length - 1;
      const endsAtLineStart = text.endsWith("\n") && range.startColumn === 1 && end === line;
      return range.startLineNumber <= line && end >= line && !endsAtLineStart;
    });
  if (!touched) return;
  monaco.editor.setModelMarkers(model, owner, []);
  marks.set(model, { error: mark.error, decorations: model.deltaDecorations(mark.decorations, []) });
}
