import type { Diagnostic, Range } from "vscode-languageserver-protocol";
import type { Mark } from "../marks.ts";
import { nearest } from "../python/nearest.ts";
import type { StubClass } from "../stubs/step-stub.ts";

const UNKNOWN_KEY = /^Could not access item in TypedDict\s+"(.*)" is not a defined key in "(\w+)"$/s;
/**
 * Findings that hold whatever a library's types promise: unions of its own classes are left out, as nothing but a person knows which of
 * them it is, and so is `object`, which is what the values of a dict are as far as the server knows.
 */
const certain: Readonly<Record<string, RegExp>> = {
  reportAttributeAccessIssue:
    /^Cannot access attribute "\w+" for class "(?:int|float|str|bool|bytes|list\[.*\]|dict\[.*\]|tuple\[.*\]|set\[.*\]|pipedream|Flow|Console|DataStore)"|is not a known attribute of module/,
  reportCallIssue:
    /^(?:Argument missing for parameter|Arguments missing for parameters|Expected \d+ (?:more )?positional|No parameter named)/,
  reportIndexIssue: /^"?__getitem__"? method not defined on type "(?:int|float|bool|None)"/,
  reportOperatorIssue:
    /^Operator "[^"]+" not supported for types "(?:Literal\[[^|]*\]|int|float|str|bytes|list\[[^|]*\])" and "(?:Literal\[[^|]*\]|int|float|str|bytes|list\[[^|]*\])"$/m,
  reportUnboundVariable: /is unbound$/,
  reportUnusedCoroutine: /./,
};

/**
 * What of the server's diagnostics a person should see. `classes` are the stub's: a dict is a dict, so whatever is said of them as
 * TypedDicts is left out, but a key that is not there.
 */
export function readDiagnostics(
  diagnostics: readonly Diagnostic[],
  code: string,
  classes: ReadonlyMap<string, StubClass>,
): readonly Mark[] {
  const lines = code.split("\n");
  return diagnostics.flatMap((diagnostic) => {
    const { range } = diagnostic;
    const message = typeof diagnostic.message === "string" ? diagnostic.message : diagnostic.message.value;
    const rule = typeof diagnostic.code === "string" ? diagnostic.code : null;
    // Without a rule: what is no Python at all, which Ruff says better. Behind the end of a line: what was added to it.
    if (rule === null || range.start.character >= (lines[range.start.line]?.length ?? 0)) return [];
    const key = UNKNOWN_KEY.exec(message);
    if (key !== null) return unknownKey(range, key[1] ?? "", classes.get(key[2] ?? ""), lines);
    if (certain[rule]?.test(message) !== true) return [];
    return [
      {
        range,
        message,
        severity: "warning",
        unused: false,
        source: "Python",
        code: rule,
        fix: null,
      } as const,
    ];
  });
}

/** The mark of a key that isn't there; none where the code itself adds or asks for that key, or where not all keys are known. */
function unknownKey(
  range: Range,
  key: string,
  dict: StubClass | undefined,
  lines: readonly string[],
): readonly Mark[] {
  if (dict === undefined || !dict.complete || key === "") return [];
  const code = lines.join("\n");
  const quoted = `["']${escapeRegExp(key)}["']`;
  const written = new RegExp(
    `\\[\\s*${quoted}\\s*\\]\\s*(?:=(?!=)|[-+*/|&^%]+=)|${quoted}\\s+(?:not\\s+)?in\\b|(?:setdefault|pop)\\(\\s*${quoted}|update\\(\\s*\\{[^}]*${quoted}\\s*:`,
  );
  if (written.test(code)) return [];
  const place = keyRange(range, key, lines);
  const meant = nearest(key, dict.keys);
  const message = `${missing(key, dict)}${meant === null ? listed(dict.keys) : ` Did you mean "${meant}"?`}`;
  const fix =
    meant === null || place === null
      ? null
      : { title: `Change to "${meant}"`, edits: [{ range: place, newText: JSON.stringify(meant) }] };
  return [
    {
      range: place ?? range,
      message,
      severity: "error",
      unused: false,
      source: "Python",
      code: "unknown-key",
      fix,
    },
  ];
}

function missing(key: string, { label }: StubClass): string {
  if (label === "pd.steps") return `No step above is called "${key}".`;
  if (label === "pd.inputs") return `No app "${key}" is attached to this step.`;
  if (label.endsWith('["$auth"]')) return `The account has no property "${key}".`;
  if (label.startsWith('pd.steps["trigger"]')) return `${label} has no key "${key}".`;
  return `${label} had no key "${key}" when it last ran.`;
}

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 12).map((key) => JSON.stringify(key));
  return ` It has ${shown.join(", ")}${keys.length > shown.length ? ", …" : ""}.`;
}

/** Where the key itself is written, at the end of the whole expression; null where it isn't (it is in a variable). */
function keyRange({ end }: Range, key: string, lines: readonly string[]): Range | null {
  const before = (lines[end.line] ?? "").slice(0, end.character);
  const found = new RegExp(`(["'])${escapeRegExp(key)}\\1(?=\\s*\\]$)`).exec(before);
  if (found === null) return null;
  return {
    start: { line: end.line, character: found.index },
    end: { line: end.line, character: found.index + found[0].length },
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
