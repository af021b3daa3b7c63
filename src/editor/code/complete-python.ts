import { type CompletionRoots, completionsAt } from "./completion.ts";
import type { monaco as Monaco } from "./monaco.ts";

type TextModel = Monaco.editor.ITextModel;

const sources = new WeakMap<TextModel, () => CompletionRoots | null>();

/** Lets `model` be completed with what `source` gives. Gives the way to end it. */
export function completeWith(model: TextModel, source: () => CompletionRoots | null): () => void {
  sources.set(model, source);
  return () => sources.delete(model);
}

/** Completes keys of `pd.steps` and `pd.inputs` with what is really there. */
export function registerCompletion(monaco: typeof Monaco): void {
  monaco.languages.registerCompletionItemProvider("python", {
    triggerCharacters: ['"', "'", "."],
    provideCompletionItems(model, position) {
      const source = sources.get(model);
      const { lineNumber, column } = position;
      const before = model.getLineContent(lineNumber).slice(0, column - 1);
      const found = completionsAt(before, () => source?.() ?? { steps: {}, inputs: {} });
      if (found === null) return { suggestions: [] };
      const range = new monaco.Range(lineNumber, column - found.typed, lineNumber, column);
      return {
        suggestions: found.items.map(({ label, insert, detail }, index) => ({
          label,
          insertText: insert,
          detail,
          range,
          kind: monaco.languages.CompletionItemKind.Field,
          sortText: String(index).padStart(4, "0"),
        })),
      };
    },
  });
}
