/** A part of a text: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line as Python sees it: brackets, long strings and backslashes make several lines of text one. */
export interface LogicalLine extends Span {
  /** `end` includes the newline. */
  readonly kind: "code" | "comment" | "blank";
  /** Spaces and tabs before the first character. */
  readonly indent: string;
}

export interface PythonScan {
  /** String literals that can't hold code, quotes included. F-strings (and t-strings) are not among them. */
  readonly plainStrings: readonly Span[];
  readonly comments: readonly Span[];
  readonly lines: readonly LogicalLine[];
}

/** What the scanner is inside of, innermost last; outside of all: plain code. */
type Frame =
  | { readonly kind: "fstring"; readonly quote: string }
  /** `{…}` of an f-string: code again. */
  | { readonly kind: "field"; brackets: number }
  /** What follows the colon in `{value:…}`. */
  | { readonly kind: "spec" };

const PREFIX = /(?<![\p{L}\p{N}_])[rbuft]{1,2}$/iu;
const STARTS_STATEMENT = /(?:async[ \t]+def|def|class|import)[ \t]/y;

/**
 * Finds strings, comments and logical lines in Python code, f-strings with code inside them included. Made for code
 * that is being typed: it never fails, a string without its closing quote ends with its line, and brackets without their
 * partner end where a `def`, `class` or `import` stands at the beginning of a line.
 */
export function scanPython(code: string): PythonScan {
  const plainStrings: Span[] = [];
  const comments: Span[] = [];
  const lines: LogicalLine[] = [];
  const frames: Frame[] = [];
  let at = 0;
  let brackets = 0;
  let lineStart = 0;

  const endLine = () => {
    at += 1;
    lines.push(logicalLine(code, lineStart, at));
    lineStart = at;
  };

  /** Characters of an f-string outside of its fields. */
  const scanText = (frame: Frame) => {
    const character = code[at];
    const quote = frames.findLast((each) => each.kind === "fstring")?.quote ?? '"';
    if (code.startsWith(quote, at) || (character === "\n" && quote.length === 1)) {
      while (frames.pop()?.kind !== "fstring");
      if (character !== "\n") at += quote.length;
    } else if (character === "\\") {
      at += code[at + 1] === "{" || code[at + 1] === "}" ? 1 : 2;
    } else if (frame.kind === "fstring" && (code.startsWith("{{", at) || code.startsWith("}}", at))) {
      at += 2;
    } else {
      at += 1;
      if (character === "{") frames.push({ kind: "field", brackets: 0 });
      if (character === "}" && frame.kind === "spec") frames.splice(-2);
    }
  };

  const scanString = () => {
    const character = code[at] ?? '"';
    const prefix = PREFIX.exec(code.slice(Math.max(0, at - 3), at))?.[0] ?? "";
    const quote = code.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
    if (/[ft]/i.test(prefix)) {
      frames.push({ kind: "fstring", quote });
      at += quote.length;
      return;
    }
    const end = endOfString(code, at + quote.length, quote);
    plainStrings.push({ start: at - prefix.length, end });
    at = end;
  };

  const scanCode = (field: Extract<Frame, { kind: "field" }> | undefined) => {
    const character = code[at] ?? "";
    if (character === "#") {
      const newline = code.indexOf("\n", at);
      const end = newline < 0 ? code.length : newline;
      comments.push({ start: at, end });
      at = end;
    } else if (character === '"' || character === "'") {
      scanString();
    } else if (character === "\\" && code[at + 1] === "\n") {
      at += 2;
    } else if (character === "\n" && field === undefined) {
      if (brackets === 0 || startsStatement(code, at + 1)) {
        brackets = 0;
        endLine();
      } else at += 1;
    } else {
      at += 1;
      if (field !== undefined && field.brackets === 0 && character === "}") frames.pop();
      else if (field !== undefined && field.brackets === 0 && character === ":")
        frames.push({ kind: "spec" });
      else {
        const by = "([{".includes(character) ? 1 : ")]}".includes(character) ? -1 : 0;
        if (field !== undefined) field.brackets = Math.max(0, field.brackets + by);
        else brackets = Math.max(0, brackets + by);
      }
    }
  };

  while (at < code.length) {
    const frame = frames.at(-1);
    if (frame === undefined || frame.kind === "field") scanCode(frame);
    else scanText(frame);
  }
  if (lineStart < code.length) lines.push(logicalLine(code, lineStart, code.length));
  return { plainStrings, comments, lines };
}

/** Whether `offset` lies inside one of `spans` (not at its beginning). `spans` are in order. */
export function isInside(spans: readonly Span[], offset: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const before = spans[low - 1];
  return before !== undefined && offset < before.end;
}

function endOfString(code: string, from: number, quote: string): number {
  let at = from;
  while (at < code.length) {
    if (code[at] === "\\") at += 2;
    else if (code.startsWith(quote, at)) return at + quote.length;
    else if (code[at] === "\n" && quote.length === 1) return at;
    else at += 1;
  }
  return code.length;
}

function startsStatement(code: string, offset: number): boolean {
  STARTS_STATEMENT.lastIndex = offset;
  return STARTS_STATEMENT.test(code);
}

function logicalLine(code: string, start: number, end: number): LogicalLine {
  const indent = /^[ \t\f]*/.exec(code.slice(start, end))?.[0] ?? "";
  const first = code[start + indent.length];
  const blank = first === undefined || first === "\n" || first === "\r";
  return { start, end, indent, kind: blank ? "blank" : first === "#" ? "comment" : "code" };
}
