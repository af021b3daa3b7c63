import type { StoreApi } from "zustand/vanilla";
import type { Mark } from "../../language/marks.ts";
import type { LanguageSession, OpenStep } from "../../language/session.ts";
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
  readonly marks: Map<Mark["source"], readonly Mark[]>;
}

const attached = new WeakMap<TextModel, Attached>();

/** Has a text that is shown known by the session, as soon as there is one. Gives the way to end it. */
export function attachLanguage(monaco: typeof Monaco, model: TextModel, language: StepLanguage): () => void {
  const entry: Attached = { ...language, open: null, marks: new Map() };
  attached.set(model, entry);
  const view = {
    text: () => model.getValue(),
    show(source: Mark["source"], marks: readonly Mark[]) {
      if (model.isDisposed()) return;
      entry.marks.set(source, marks);
      monaco.editor.setModelMarkers(
        model,
        source,
        marks.map((mark) => markerOf(monaco, mark)),
      );
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

/** What was said of a text that can be mended. */
export function fixableMarks(model: TextModel): readonly Mark[] {
  return [...(attached.get(model)?.marks.values() ?? [])].flat().filter(({ fix }) => fix !== null);
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
