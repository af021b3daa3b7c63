import { isInside, type Span, scanPython } from "./scan.ts";

/**
 * Rewrites what refers to the step `from` so that it refers to `to`: `pd.steps["from"]`, `pd.steps['from']`,
 * `pd.steps.get("from", …)` and `"from" in pd.steps`, with any spaces in between; in code of the older form, which
 * imports `pipedream.script_helpers`, `steps["from"]` and `steps.get("from")` as well.
 *
 * Comments and f-strings are rewritten too: what people note down should go on being true, and the fields of an
 * f-string are code. Other strings are left alone, and so are longer names such as `mypd.steps`.
 * Both names are identifiers (letters, digits, underscore).
 */
export function rewriteReferences(code: string, from: string, to: string): string {
  if (!code.includes(from)) return code;
  const { plainStrings } = scanPython(code);
  const names: Span[] = [];
  for (const pattern of lookupsOf(from, importsScriptHelpers(code)))
    for (const match of code.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.name ?? [0, 0];
      if (!isInside(plainStrings, match.index)) names.push({ start, end });
    }
  return names
    .sort((a, b) => b.start - a.start)
    .reduce((text, name) => text.slice(0, name.start) + to + text.slice(name.end), code);
}

const NAME_CHARACTER = "[\\p{L}\\p{N}_]";
const NOT_IN_NAME = `(?<!${NAME_CHARACTER})`;
const PD_STEPS = `${NOT_IN_NAME}pd\\s*\\.\\s*steps`;
const SCRIPT_STEPS = `(?<!${NAME_CHARACTER}|\\.\\s*)(?:(?:pipedream\\s*\\.\\s*)?script_helpers\\s*\\.\\s*)?steps`;

/** Patterns of everything that looks a step up by its name; the name itself is the group `name`. */
function lookupsOf(name: string, olderForm: boolean): RegExp[] {
  const steps = olderForm ? `(?:${PD_STEPS}|${SCRIPT_STEPS})` : PD_STEPS;
  const literal = `(?<quote>["'])(?<name>${name})\\k<quote>`;
  return [
    `${steps}\\s*\\[\\s*${literal}\\s*\\]`,
    `${steps}\\s*\\.\\s*get\\s*\\(\\s*${literal}\\s*[,)]`,
    `${NOT_IN_NAME}${literal}\\s+(?:not\\s+)?in\\s+${steps}(?!${NAME_CHARACTER}|\\s*[.[(])`,
  ].map((pattern) => new RegExp(pattern, "dgu"));
}

const SCRIPT_HELPERS = [
  /^[ \t]*from[ \t]+pipedream\.script_helpers[ \t]+import\b/m,
  /^[ \t]*from[ \t]+pipedream[ \t]+import\b.*\bscript_helpers\b/m,
  /^[ \t]*import[ \t]+pipedream\.script_helpers\b/m,
];

function importsScriptHelpers(code: string): boolean {
  return SCRIPT_HELPERS.some((pattern) => pattern.test(code));
}
