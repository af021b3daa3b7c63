import { fingerprint } from "../fingerprint.ts";

/** What a step's code depends on, as far as it can be read off the code. */
export interface CodeFacts {
  /** Changes with the code, not with the names under which it looks steps up: a step that is renamed changes nothing. */
  readonly fingerprint: string;
  /** Names that it looks up in `pd.steps`, `trigger` among them, in order. */
  readonly lookups: readonly string[];
  /** It may read others as well: it uses `pd` or `pd.steps` in a way that doesn't say which. */
  readonly readsAnyStep: boolean;
  /** Environment variables that it reads by name. */
  readonly variables: readonly string[];
  /** It may read others as well. */
  readonly readsAnyVariable: boolean;
}

const known = new Map<string, CodeFacts>();
const KEPT = 2000;

/** Reads the code once; asked for again with every key that is typed in any step. */
export function codeFacts(code: string): CodeFacts {
  let facts = known.get(code);
  if (facts === undefined) {
    if (known.size >= KEPT) known.clear();
    facts = read(code);
    known.set(code, facts);
  }
  return facts;
}

/** Where `pd` is no value that goes elsewhere: an attribute that is not `steps`, or the handler's parameter. */
const HARMLESS = /^\s*\.\s*(?:inputs|export|flow|respond|send)\b/;
const LOOKUP =
  /^\s*\.\s*steps\s*(?:\[\s*(["'])(?<item>\w+)\1\s*\]|\.\s*get\s*\(\s*(["'])(?<got>\w+)\3\s*[,)])/d;
const ASKED = /(["'])(\w+)\1\s+(?:not\s+)?in\s+$/;
const HANDLER = /\bdef\s+handler\s*\(\s*$/;

function read(code: string): CodeFacts {
  const lookups: string[] = [];
  let readsAnyStep = !/\bdef\s+handler\s*\(\s*pd\b/.test(code);
  let blanked = "";
  let copied = 0;
  for (const { index } of code.matchAll(/(?<![\w.])pd\b/g)) {
    const before = code.slice(0, index);
    const rest = code.slice(index + 2);
    if (HANDLER.test(before.slice(-60)) || HARMLESS.test(rest)) continue;
    const found = LOOKUP.exec(rest.slice(0, 300));
    const name = found?.groups?.item ?? found?.groups?.got;
    const asked =
      name === undefined && /^\s*\.\s*steps\b(?!\s*[[.(])/.test(rest) && ASKED.exec(before.slice(-120));
    if (name !== undefined) {
      lookups.push(name);
      const span = found?.indices?.groups?.item ?? found?.indices?.groups?.got;
      if (span) {
        blanked += code.slice(copied, index + 2 + span[0]);
        copied = index + 2 + span[1];
      }
    } else if (asked) lookups.push(asked[2] ?? "");
    else readsAnyStep = true;
  }
  return {
    fingerprint: fingerprint(blanked + code.slice(copied)),
    lookups,
    readsAnyStep,
    ...environment(code),
  };
}

function environment(code: string): Pick<CodeFacts, "variables" | "readsAnyVariable"> {
  const variables = new Set<string>();
  let readsAnyVariable = false;
  for (const { index, 0: word } of code.matchAll(/\b(?:environ|getenv)\b/g)) {
    const rest = code.slice(index + word.length, index + word.length + 300);
    // What is imported is used further down.
    if (/\bfrom\s+os\s+import\s[^\n]*$/.test(code.slice(0, index).slice(-120))) continue;
    const name =
      word === "getenv"
        ? /^\s*\(\s*(["'])(\w+)\1/.exec(rest)?.[2]
        : /^\s*(?:\[\s*|\.\s*get\s*\(\s*)(["'])(\w+)\1/.exec(rest)?.[2];
    if (name === undefined) readsAnyVariable = true;
    else variables.add(name);
  }
  return { variables: [...variables], readsAnyVariable };
}
