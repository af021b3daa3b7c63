import { isInside, type LogicalLine, type PythonScan, type Span, scanPython } from "./scan.ts";

/** A statement at the top level of a module, with the comments and decorators right above it. */
export interface Statement extends Span {
  /** Where its own first line begins, below its comments (decorators belong to it). */
  readonly codeStart: number;
  readonly kind: "future" | "import" | "docstring" | "definition" | "other";
  /** What a definition or a plain assignment binds. */
  readonly name: string | null;
  /** The logical lines of its code, the first being the one that names it; blank lines at the end are not among them. */
  readonly lines: readonly LogicalLine[];
}

export interface PythonModule extends PythonScan {
  readonly code: string;
  readonly statements: readonly Statement[];
}

const CONTINUES = /^(?:else|elif|except|finally)\b/;
const DEFINITION = /^(?:async[ \t]+def|def|class)[ \t]+([\p{L}\p{N}_]+)/u;
const ASSIGNMENT = /^([\p{L}_][\p{L}\p{N}_]*)[ \t]*(?::[^=]+)?=(?!=)/u;

/** Splits a module into its top-level statements. */
export function parseModule(code: string): PythonModule {
  const scan = scanPython(code);
  const statements: Statement[] = [];
  let start: number | null = null;
  let lines: LogicalLine[] = [];
  let pending: LogicalLine[] = [];

  const finish = () => {
    const first = lines[0];
    if (first !== undefined)
      statements.push(statementOf(code, start ?? first.start, lines, statements.length === 0));
    lines = [];
    start = null;
  };

  for (const line of scan.lines) {
    const text = code.slice(line.start, line.end);
    if (line.kind === "blank") {
      if (lines.length === 0 || pending.length > 0) pending.push(line);
      else pending = [line];
    } else if (line.kind === "comment") {
      pending.push(line);
    } else if (
      lines.length > 0 &&
      (line.indent !== "" || CONTINUES.test(text) || isDecorator(code, lines.at(-1)))
    ) {
      lines.push(...pending, line);
      pending = [];
    } else {
      finish();
      start = attachedComments(pending)[0]?.start ?? null;
      pending = [];
      lines = [line];
    }
  }
  const indented = pending.findLastIndex((line) => line.kind === "comment" && line.indent !== "");
  if (lines.length > 0) lines.push(...pending.slice(0, indented + 1));
  finish();
  return { ...scan, code, statements };
}

/** Whether `name` stands as a name of its own anywhere in the code, strings and comments aside. */
export function usesName(module: PythonModule, name: string): boolean {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, "gu");
  return Array.from(module.code.matchAll(pattern)).some((match) => !inText(module, match.index));
}

/** Replaces the name `from` wherever it stands as a name of its own; strings and comments stay. */
export function replaceName(code: string, from: string, to: string): string {
  const scan = scanPython(code);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_.])${from}(?![\\p{L}\\p{N}_])`, "gu");
  return code.replace(pattern, (match, offset: number) => (inText(scan, offset) ? match : to));
}

function inText(scan: PythonScan, offset: number): boolean {
  return isInside(scan.plainStrings, offset) || isInside(scan.comments, offset);
}

function statementOf(
  code: string,
  start: number,
  lines: readonly LogicalLine[],
  isFirst: boolean,
): Statement {
  const named = lines.find((line) => line.kind === "code" && code[line.start] !== "@") ?? lines[0];
  const text = named === undefined ? "" : code.slice(named.start, named.end);
  const definition = DEFINITION.exec(text)?.[1];
  return {
    start,
    end: lines.at(-1)?.end ?? start,
    codeStart: lines[0]?.start ?? start,
    kind: definition === undefined ? kindOf(text, isFirst) : "definition",
    name: definition ?? ASSIGNMENT.exec(text)?.[1] ?? null,
    lines,
  };
}

function kindOf(text: string, isFirst: boolean): Statement["kind"] {
  if (/^from[ \t]+__future__\b/.test(text)) return "future";
  if (/^(?:import|from)[ \t]/.test(text) && !text.includes(";")) return "import";
  return isFirst && /^[rRuU]?["']/.test(text) ? "docstring" : "other";
}

/** The comment lines right above, up to the nearest blank line. */
function attachedComments(lines: readonly LogicalLine[]): readonly LogicalLine[] {
  const lastBlank = lines.findLastIndex((line) => line.kind === "blank");
  return lines.slice(lastBlank + 1).filter((line) => line.indent === "");
}

function isDecorator(code: string, line: LogicalLine | undefined): boolean {
  return line !== undefined && line.indent === "" && code[line.start] === "@";
}
