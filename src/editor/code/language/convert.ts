import type {
  Position as LanguagePosition,
  Range as LanguageRange,
  MarkedString,
  MarkupContent,
} from "vscode-languageserver-protocol";
import type { monaco as Monaco } from "../monaco.ts";

/** The protocol counts from 0, Monaco from 1; both count UTF-16 units. */
export function toPosition({ lineNumber, column }: Monaco.IPosition): LanguagePosition {
  return { line: lineNumber - 1, character: column - 1 };
}

export function fromRange({ start, end }: LanguageRange): Monaco.IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Text of the protocol as Monaco's Markdown; what isn't Markdown is shown as it is. */
export function markdown(
  content: MarkupContent | MarkedString | readonly MarkedString[] | undefined,
): Monaco.IMarkdownString | null {
  if (content === undefined) return null;
  const value = [content].flat().map(asMarkdown).filter(Boolean).join("\n\n");
  return value === "" ? null : { value };
}

function asMarkdown(part: MarkupContent | MarkedString | readonly MarkedString[]): string {
  if (typeof part === "string") return part;
  if ("language" in part) return fenced(part.value, part.language);
  if ("kind" in part) return part.kind === "markdown" ? part.value : fenced(part.value, "text");
  return "";
}

function fenced(value: string, language: string): string {
  return value.trim() === "" ? "" : `\`\`\`${language}\n${value}\n\`\`\``;
}

/** A signal that follows Monaco's token. */
export function signalOf(token: Monaco.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
