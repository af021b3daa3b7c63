/** One variable of a `.env` file. */
export interface DotenvEntry {
  readonly name: string;
  readonly value: string;
}

export interface Dotenv {
  readonly entries: readonly DotenvEntry[];
  /** How many lines are neither an assignment nor a comment: not 0, and it may be no `.env` file at all. */
  readonly strayLines: number;
}

const ASSIGNMENT = /^[^\S\n]*(?:export\s+)?([^\s=#'"]+)[^\S\n]*=[^\S\n]*/;

/**
 * Reads the text of a `.env` file: `NAME=value`, `export NAME=value`, comments, values in quotes that may span lines
 * (`"…"` with `\n`, `\"`, `\\`; `'…'` and `` `…` `` as they are), `# comments` after values. The last of equal names
 * counts. Names are not checked.
 */
export function parseDotenv(text: string): Dotenv {
  const entries = new Map<string, string>();
  let strayLines = 0;
  let rest = text.replace(/\r\n?/g, "\n").replace(/^\uFEFF/, "");
  while (rest !== "") {
    const name = ASSIGNMENT.exec(rest);
    if (name?.[1] === undefined) {
      const line = rest.slice(0, lineEnd(rest)).trim();
      if (line !== "" && !line.startsWith("#")) strayLines++;
      rest = afterLine(rest);
      continue;
    }
    rest = rest.slice(name[0].length);
    const quoted = readQuoted(rest);
    const line = rest.slice(0, lineEnd(rest));
    entries.delete(name[1]);
    entries.set(name[1], quoted?.value ?? line.replace(/(^|\s)#.*$/, "").trim());
    rest = afterLine(quoted ? rest.slice(quoted.length) : rest);
  }
  return { entries: Array.from(entries, ([name, value]) => ({ name, value })), strayLines };
}

/** A quoted value at the beginning of `text`, and how long it is with its quotes; null where there is none or it isn't closed. */
function readQuoted(text: string): { readonly value: string; readonly length: number } | null {
  const match = /^"((?:[^"\\]|\\[\s\S])*)"|^'([^']*)'|^`([^`]*)`/.exec(text);
  if (!match) return null;
  const [whole, double, single, backtick] = match;
  const value = double === undefined ? (single ?? backtick ?? "") : unescaped(double);
  return { value, length: whole.length };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\", $: "$" };

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, char: string) => ESCAPES[char] ?? whole);
}

function lineEnd(text: string): number {
  const end = text.indexOf("\n");
  return end < 0 ? text.length : end;
}

function afterLine(text: string): string {
  return text.slice(lineEnd(text) + 1);
}
