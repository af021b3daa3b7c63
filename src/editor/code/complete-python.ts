import { type CompletionRoots, type CompletionsAt, completionsAt } from "./completion.ts";
import { openStepOf } from "./language/attach.ts";
import { completionsFrom, resolveFrom } from "./language/completion-items.ts";
import { signalOf, toPosition } from "./language/convert.ts";
import type { monaco as Monaco } from "./monaco.ts";

type TextModel = Monaco.editor.ITextModel;

const sources = new WeakMap<TextModel, () => CompletionRoots | null>();

/** Lets `model` be completed with what `source` gives. Gives the way to end it. */
export function completeWith(model: TextModel, source: () => CompletionRoots | null): () => void {
  sources.set(model, source);
  return () => sources.delete(model);
}

/**
 * Completes keys of `pd.steps` and `pd.inputs` with what is really there, and everything else with what the language server knows. Each
 * is offered once: keys with their last value by us, attributes of `pd` and of what is under it by the server as soon as it is there.
 */
export function registerCompletion(monaco: typeof Monaco): void {
  monaco.languages.registerCompletionItemProvider("python", {
    triggerCharacters: ['"', "'", ".", "["],
    async provideCompletionItems(model, position, context, token) {
      const { lineNumber, column } = position;
      const before = model.getLineContent(lineNumber).slice(0, column - 1);
      const roots = () => sources.get(model)?.() ?? { steps: {}, inputs: {}, variables: [] };
      const ours = completionsAt(before, roots);
      const found = (await openStepOf(model)?.complete(toPosition(position), signalOf(token))) ?? [];
      const keysOnly = ours?.kind === "key" || /["'[]/.test(context.triggerCharacter ?? "");
      const theirs = completionsFrom(monaco, model, position, found).filter(
        ({ isKey }) => isKey || !keysOnly,
      );
      const own =
        ours === null || (ours.kind === "member" && theirs.length > 0) ? [] : ownItems(ours, position);
      const offered = new Set(own.map(({ label }) => label));
      const more = theirs.map(({ item }) => item).filter(({ label }) => !offered.has(label));
      return { suggestions: [...own, ...more] };
    },
    resolveCompletionItem: (item) => resolveFrom(item),
  });

  function ownItems(
    { typed, items }: CompletionsAt,
    { lineNumber, column }: Monaco.IPosition,
  ): Monaco.languages.CompletionItem[] {
    const range = new monaco.Range(lineNumber, column - typed, lineNumber, column);
    return items.map(({ label, insert, detail, documentation }, index) => ({
      label,
      insertText: insert,
      detail,
      ...(documentation === undefined ? {} : { documentation: { value: documentation } }),
      range,
      kind: monaco.languages.CompletionItemKind.Field,
      sortText: String(index).padStart(4, "0"),
    }));
  }
}
