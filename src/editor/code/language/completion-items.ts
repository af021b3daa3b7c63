import type { CompletionItem } from "vscode-languageserver-protocol";
import type { OpenStep } from "../../language/session.ts";
import type { monaco as Monaco } from "../monaco.ts";
import { openStepOf } from "./attach.ts";
import { fromRange, markdown } from "./convert.ts";

type MonacoItem = Monaco.languages.CompletionItem & { label: string };

interface FoundCompletion {
  readonly item: MonacoItem;
  /** A key or another literal text, not a name. */
  readonly isKey: boolean;
}

/** Where an item came from, for its documentation. */
const origins = new WeakMap<
  Monaco.languages.CompletionItem,
  { readonly step: OpenStep; readonly item: CompletionItem }
>();

/** The server's completions as Monaco's; of a key inside of quotes, what stands between them. */
export function completionsFrom(
  monaco: typeof Monaco,
  model: Monaco.editor.ITextModel,
  position: Monaco.Position,
  items: readonly CompletionItem[],
): readonly FoundCompletion[] {
  const step = openStepOf(model);
  const word = model.getWordUntilPosition(position);
  const wordRange = new monaco.Range(
    position.lineNumber,
    word.startColumn,
    position.lineNumber,
    position.column,
  );
  return items.map((item) => {
    const edit = item.textEdit !== undefined && "range" in item.textEdit ? item.textEdit : null;
    const range = edit === null ? wordRange : monaco.Range.lift(fromRange(edit.range));
    const text = edit?.newText ?? item.insertText ?? item.label;
    const isKey = /^["']/.test(text);
    const written = isKey ? model.getValueInRange(range) : "";
    const inQuotes = /^["']/.test(written);
    const found: MonacoItem = {
      label: inQuotes ? unquoted(item.label) : item.label,
      kind: isKey ? monaco.languages.CompletionItemKind.Field : kindOf(monaco, item),
      insertText: inQuotes ? unquoted(text) : text,
      range: inQuotes ? inside(monaco, range, written) : range,
      ...(item.sortText === undefined ? {} : { sortText: item.sortText }),
      ...(item.detail === undefined ? {} : { detail: item.detail }),
      ...(item.filterText === undefined || inQuotes ? {} : { filterText: item.filterText }),
    };
    if (step !== null) origins.set(found, { step, item });
    return { item: found, isKey };
  });
}

/** An item with its documentation. */
export async function resolveFrom(
  item: Monaco.languages.CompletionItem,
): Promise<Monaco.languages.CompletionItem> {
  const origin = origins.get(item);
  if (origin === undefined) return item;
  const resolved = await origin.step.resolve(origin.item);
  const documentation = markdown(resolved.documentation);
  return {
    ...item,
    ...(resolved.detail === undefined ? {} : { detail: resolved.detail }),
    ...(documentation === null ? {} : { documentation }),
  };
}

const unquoted = (text: string) => text.slice(1, -1);

function inside(monaco: typeof Monaco, range: Monaco.Range, written: string): Monaco.Range {
  const closed = written.length > 1 && written.at(-1) === written[0];
  return new monaco.Range(
    range.startLineNumber,
    range.startColumn + 1,
    range.endLineNumber,
    range.endColumn - (closed ? 1 : 0),
  );
}

/** The protocol's number of each kind. */
const kinds = {
  2: "Method",
  3: "Function",
  5: "Field",
  7: "Class",
  9: "Module",
  10: "Property",
  14: "Keyword",
  21: "Constant",
} as const;

function kindOf({ languages }: typeof Monaco, { kind }: CompletionItem): Monaco.languages.CompletionItemKind {
  const name = Object.entries(kinds).find(([number]) => Number(number) === kind)?.[1] ?? "Variable";
  return languages.CompletionItemKind[name];
}
