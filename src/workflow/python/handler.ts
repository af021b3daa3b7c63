import type { PythonModule, Statement } from "./statements.ts";

/** A module's `def handler(…)`, taken apart. */
export interface Handler {
  readonly statement: Statement;
  readonly isAsync: boolean;
  /** Name of its first parameter, `pd` as a rule. */
  readonly parameter: string;
  /** Where `def` (or `async def`) and its name stand. */
  readonly defStart: number;
  readonly nameStart: number;
  /** Behind the colon. */
  readonly signatureEnd: number;
  /** Where the first statement after a docstring begins, behind its indent, and that indent. */
  readonly bodyStart: number;
  readonly indent: string;
  /** The body stands on the line of the `def`. */
  readonly isOneLine: boolean;
}

const DEF = /^(?:(async)[ \t]+)?def[ \t]+handler[ \t]*\(\s*([\p{L}_][\p{L}\p{N}_]*)?/u;

/** The last `def handler` at the top level, which is the one that Python would call; null where there is none. */
export function findHandler(module: PythonModule): Handler | null {
  const statement = module.statements.findLast(
    ({ kind, name }) => kind === "definition" && name === "handler",
  );
  const lineIndex =
    statement?.lines.findIndex(({ kind, start }) => kind === "code" && DEF.test(module.code.slice(start))) ??
    -1;
  const line = statement?.lines[lineIndex];
  if (statement === undefined || line === undefined) return null;
  const text = module.code.slice(line.start, line.end);
  const found = DEF.exec(text);
  const signatureEnd = line.start + endOfSignature(text);
  const body = bodyPlace(module, statement, lineIndex, signatureEnd);
  if (found === null || body === null) return null;
  return {
    statement,
    isAsync: found[1] !== undefined,
    parameter: found[2] ?? "",
    defStart: line.start,
    nameStart: line.start + found[0].indexOf("handler"),
    signatureEnd,
    ...body,
  };
}

function bodyPlace(
  module: PythonModule,
  statement: Statement,
  defIndex: number,
  signatureEnd: number,
): Pick<Handler, "bodyStart" | "indent" | "isOneLine"> | null {
  const def = statement.lines[defIndex];
  if (def === undefined) return null;
  const rest = module.code.slice(signatureEnd, def.end);
  const onDefLine = /^[ \t]*[^\s#]/.exec(rest);
  if (onDefLine !== null)
    return {
      bodyStart: signatureEnd + onDefLine[0].length - 1,
      indent: "    ",
      isOneLine: true,
    };
  const body = statement.lines.slice(defIndex + 1).filter(({ kind }) => kind === "code");
  const docstring =
    body[0] !== undefined && /^\s*[rRuU]?["']/.test(module.code.slice(body[0].start, body[0].end));
  const first = (docstring ? body[1] : undefined) ?? body[0];
  if (first === undefined) return null;
  const place = docstring && body[1] === undefined ? first.end : first.start;
  return { bodyStart: place, indent: first.indent, isOneLine: false };
}

/** Length of `def handler(…) -> …:` in its logical line. */
function endOfSignature(text: string): number {
  let depth = 0;
  for (const match of text.matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|#.*|[([{}\])]|:/g)) {
    if ("([{".includes(match[0])) depth += 1;
    else if (")]}".includes(match[0])) depth -= 1;
    else if (match[0] === ":" && depth === 0) return match.index + 1;
  }
  return text.length;
}
