import type { Range } from "vscode-languageserver-protocol";
import type { StoreApi } from "zustand/vanilla";
import type { Fix, Mark } from "../../language/marks.ts";
import type { LanguageSession, OpenStep } from "../../language/session.ts";
import { type LineMark, lineMarksOf, setLineMarks } from "../line-marks.ts";
import type { monaco as Monaco } from "../monaco.ts";
import { fromRange } from "./convert.ts";

type TextModel = Monaco.editor.ITextModel;

/** What knows the code of the open workflow's steps; null until it is there, and where there is none. */
export type LanguageStore = StoreApi<{ readonly session: LanguageSession | null }>;

/** Which step a text is, and who knows it. */
export interface StepLanguage {
  readonly stepId: string;
  readonly store: LanguageStore;
  /** Shows a place in the code of another step: line and column from 1. */
  readonly reveal: (stepId: string, line: number, column: number) => void;
}

interface Attached extends StepLanguage {
  open: OpenStep | null;
}

const attached = new WeakMap<TextModel, Attached>();

/** What a mark was made of, and which version of the text that was said of. */
const origins = new WeakMap<LineMark, { readonly mark: Mark; readonly version: number }>();

/** Has a text that is shown known by the session, as soon as there is one. Gives the way to end it. */
export function attachLanguage(monaco: typeof Monaco, model: TextModel, language: StepLanguage): () => void {
  const entry: Attached = { ...language, open: null };
  attached.set(model, entry);
  const view = {
    text: () => model.getValue(),
    show(source: Mark["source"], marks: readonly Mark[]) {
      if (model.isDisposed()) return;
      const version = model.getAlternativeVersionId();
      const lines = marks.map((mark): LineMark => {
        const line = { marker: markerOf(monaco, mark) };
        origins.set(line, { mark, version });
        return line;
      });
      setLineMarks(monaco, model, source, lines);
    },
  };
  const follow = () => {
    entry.open?.close();
    entry.open = language.store.getState().session?.open(language.stepId, view) ?? null;
  };
  follow();
  const unsubscribe = language.store.subscribe(follow);
  const subscription = model.onDidChangeContent(() => entry.open?.changed());
  return () => {
    unsubscribe();
    subscription.dispose();
    entry.open?.close();
    entry.open = null;
    attached.delete(model);
  };
}

/** The step of a text, for questions about it; null while nobody knows it. */
export function openStepOf(model: TextModel): OpenStep | null {
  return attached.get(model)?.open ?? null;
}

/** What leads from this text to other steps. */
export function languageOf(model: TextModel): StepLanguage | null {
  return attached.get(model) ?? null;
}

/** What was said of a text and can be mended, with places as they are by now. */
export function fixableMarks(model: TextModel): readonly (Mark & { readonly fix: Fix })[] {
  return sources.flatMap((source) =>
    lineMarksOf(model, source).flatMap(({ mark: line, moved }) => {
      const { mark, version } = origins.get(line) ?? {};
      if (!mark?.fix) return [];
      // What is to be changed elsewhere may have changed.
      if (version !== model.getAlternativeVersionId() && !isWithin(mark.range, mark.fix)) return [];
      const edits = mark.fix.edits.map((edit) => ({ ...edit, range: movedBy(moved, edit.range) }));
      return [{ ...mark, range: movedBy(moved, mark.range), fix: { ...mark.fix, edits } }];
    }),
  );
}

const sources = ["Python", "Ruff"] as const satisfies readonly Mark["source"][];

/** Whether a fix changes nothing but the lines of its mark, to the end of the last one. */
function isWithin(marked: Range, { edits }: Fix): boolean {
  return edits.every(
    ({ range: { start, end } }) =>
      start.line >= marked.start.line &&
      (end.line <= marked.end.line || (end.line === marked.end.line + 1 && end.character === 0)),
  );
}

function movedBy(lines: number, { start, end }: Range): Range {
  return {
    start: { ...start, line: start.line + lines },
    end: { ...end, line: end.line + lines },
  };
}

export function markerOf(monaco: typeof Monaco, mark: Mark): Monaco.editor.IMarkerData {
  const { MarkerSeverity, MarkerTag } = monaco;
  const severities = {
    error: MarkerSeverity.Error,
    warning: MarkerSeverity.Warning,
    hint: MarkerSeverity.Hint,
  };
  return {
    ...fromRange(mark.range),
    message: mark.message,
    severity: severities[mark.severity],
    source: mark.source,
    ...(mark.code === null ? {} : { code: mark.code }),
    ...(mark.unused ? { tags: [MarkerTag.Unnecessary] } : {}),
  };
}
