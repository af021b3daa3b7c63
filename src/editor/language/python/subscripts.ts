/** A chain of subscripts of `pd.steps` in a line of code, and the part of it that was pointed at. */
export interface StepsPath {
  /** Name of the step, then the keys, as far as the one that was pointed at. */
  readonly keys: readonly string[];
  /** Columns of that key, quotes included, from 0. */
  readonly start: number;
  readonly end: number;
}

const KEY = `\\[\\s*(?:"[^"\\n]*"|'[^'\\n]*'|-?\\d+)\\s*\\]|\\.get\\(\\s*(?:"[^"\\n]*"|'[^'\\n]*')[^()\\n]*\\)`;
/** `pd.steps…`, or `steps…` of the older form. */
const PATH = new RegExp(`(?<![\\w.])(?:\\w+\\s*\\.\\s*)?steps((?:\\s*(?:${KEY}))+)`, "g");
const LITERAL = /"([^"\n]*)"|'([^'\n]*)'|(-?\d+)/;

/** The path at a column of a line, or null where there is none. */
export function stepsPathAt(line: string, column: number): StepsPath | null {
  for (const found of line.matchAll(PATH)) {
    const chain = found[1] ?? "";
    const offset = found.index + found[0].length - chain.length;
    const keys: string[] = [];
    for (const part of chain.matchAll(new RegExp(KEY, "g"))) {
      const literal = LITERAL.exec(part[0]);
      if (literal === null) break;
      keys.push(literal[1] ?? literal[2] ?? literal[3] ?? "");
      const start = offset + part.index + literal.index;
      const end = start + literal[0].length;
      if (column >= start && column <= end) return { keys, start, end };
    }
  }
  return null;
}

/** A place in code; line and columns from 0. */
export interface CodePlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Where a step's code exports what is read with `keys` (without the step's name): the name's `pd.export`, or its `return`. */
export function exportedAt(code: string, keys: readonly string[]): CodePlace {
  const lines = code.split("\n");
  const [first, second] = keys;
  const handler = lines.findLastIndex((line) => /^(?:async[ \t]+)?def[ \t]+handler\b/.test(line));
  const top = placeOf(lines, handler, /\bhandler\b/) ?? { line: 0, start: 0, end: 0 };
  if (first === undefined) return top;
  const returned = lines.findLastIndex((line, index) => index >= handler && /^\s+return\b/.test(line));
  const returnPlace = placeOf(lines, returned, /\breturn\b/);
  if (first === "$return_value" && second === undefined) return returnPlace ?? top;
  const name = first === "$return_value" ? (second ?? "") : first;
  const quoted = `(["'])${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}\\1`;
  const patterns = first === "$return_value" ? [] : [new RegExp(`(?<=\\bexport\\(\\s*)${quoted}`, "g")];
  // Fact 11: what is no export is a key of the return value.
  patterns.push(new RegExp(`${quoted}(?=\\s*(?::|\\]\\s*=(?!=)))`, "g"));
  for (const pattern of patterns) {
    const at = lines.findLastIndex((line) => line.search(pattern) >= 0);
    const place = placeOf(lines, at, pattern);
    if (place !== null) return place;
  }
  return returnPlace ?? top;
}

function placeOf(lines: readonly string[], line: number, pattern: RegExp): CodePlace | null {
  const found = line < 0 ? null : new RegExp(pattern.source).exec(lines[line] ?? "");
  return found === null ? null : { line, start: found.index, end: found.index + found[0].length };
}
