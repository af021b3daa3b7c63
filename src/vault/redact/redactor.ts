import { markOf } from "../../lib/mark.ts";
import { runAtOnce, runInSlices, type SlicedWork } from "../../lib/slices.ts";
import type { NamedSecret, Redactor } from "../types.ts";
import { withDerivedSecrets } from "./derived.ts";
import { SHORTEST_SECRET, secretForms } from "./forms.ts";
import { isJson, rewritingJson } from "./json.ts";
import { createMatcher, type Pattern, PROBE } from "./matcher.ts";
import { heldBackLength, replaceMatches } from "./replace.ts";

/** A number in JSON is replaced where a secret is all of it, or at least this many of its digits. */
const DIGITS_THAT_TELL = 8;

/** Characters that are looked through between two places where the work can pause. */
const STRIDE = 256 * 1024;

/**
 * Escapes of what needs none: `\u0041`, which neither `JSON.stringify` nor `json.dumps` write, with upper-case hex, or of
 * `/` and `'` in a text within the text.
 */
const UNUSUAL_ESCAPE = /\\u(?:00[2-7]|[0-9a-f]{0,3}[A-F])|\\\\[/']/;
/** Characters of the longest one, less one. */
const ESCAPE_LENGTH = 5;

/**
 * Replaces the values of `secrets`, in all forms of {@link secretForms} and with what is derived from them, by marks
 * that name them. Of two secrets with one value, the first gives the name. Values shorter than four characters are not
 * replaced. Replacing twice changes nothing.
 */
export function createRedactor(secrets: readonly NamedSecret[]): Redactor {
  const all = secrets.flatMap(withDerivedSecrets);
  const matcher = createMatcher(patternsOf(all));
  const numbers = numbersOf(all);
  const escapesMatter = all.some((secret) => !/^[ !#-[\]-~]*$/.test(secret.value));

  const text = (input: string): string => replaceMatches(matcher, input);

  const number = (token: string): string => {
    const mark = numbers.get(String(Math.abs(Number(token))));
    if (mark !== undefined) return JSON.stringify(mark);
    const match = matcher.find(token, 0);
    if (!match) return token;
    const isTelling = match.end - match.start >= Math.min(DIGITS_THAT_TELL, token.replace("-", "").length);
    return isTelling ? JSON.stringify(text(token)) : token;
  };

  function* mayHoldSecret(json: string): SlicedWork<boolean> {
    // Where no secret holds a character that JSON escapes, it would stand in the text as it is.
    if (escapesMatter && json.includes("\\")) return true;
    for (let from = 0; from < json.length; from += STRIDE) {
      const until = Math.min(json.length, from + STRIDE);
      if (!escapesMatter && UNUSUAL_ESCAPE.test(json.slice(from, until + ESCAPE_LENGTH))) return true;
      if (matcher.find(json, Math.max(0, from - PROBE + 1), until)) return true;
      yield;
    }
    return false;
  }

  function* redacting(json: string): SlicedWork<string> {
    if (matcher.longest === 0 || !(yield* mayHoldSecret(json))) return json;
    // Parsing can't pause; in a long text a string that is none is found on the way.
    if (json.length < STRIDE && !isJson(json)) return text(json);
    try {
      return yield* rewritingJson(json, { string: text, number });
    } catch {
      return text(json);
    }
  }

  return {
    text,
    json: (json) => runAtOnce(redacting(json)),
    jsonInSlices: (json) => runInSlices(redacting(json)),
    heldBack: (input) => heldBackLength(matcher, input),
  };
}

function patternsOf(secrets: readonly NamedSecret[]): Pattern[] {
  const patterns = new Map<string, Pattern>();
  const add = (text: string, mark: string, isMark: boolean): void => {
    if (text.length >= SHORTEST_SECRET && !patterns.has(text)) patterns.set(text, { text, mark, isMark });
  };
  for (const { name } of secrets) add(markOf(name), markOf(name), true);
  // The value as such names what is found before any other secret's encoded form does.
  for (const { name, value } of secrets) add(value, markOf(name), false);
  for (const { name, value } of secrets) {
    for (const form of secretForms(value)) add(form, markOf(name), false);
  }
  return [...patterns.values()];
}

/** Secrets that are numbers, by the way JavaScript writes them: `0042.0` is found as `42`. */
function numbersOf(secrets: readonly NamedSecret[]): Map<string, string> {
  const numbers = new Map<string, string>();
  for (const { name, value } of secrets) {
    const trimmed = value.trim();
    if (!/^[+-]?\d+(\.\d+)?$/.test(trimmed)) continue;
    const written = String(Math.abs(Number(trimmed)));
    if (!numbers.has(written)) numbers.set(written, markOf(name));
  }
  return numbers;
}
