import type { SlicedWork } from "../../lib/slices.ts";

/** Walks over JSON text token by token, so that everything but what is replaced stays as it was, to the digit. */

/** Characters between two places where the work can pause. */
const STRIDE = 64 * 1024;

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Rewrites the strings (keys too) and numbers of a JSON text. `string` gets a string's decoded value; `number` a
 * number as written and gives JSON text. Strings that come back unchanged keep their spelling.
 * @throws SyntaxError where the text is no JSON (not in every case: ask {@link isJson} first).
 */
export function* rewritingJson(
  json: string,
  rewrite: { readonly string: (value: string) => string; readonly number: (token: string) => string },
): SlicedWork<string> {
  const pieces: string[] = [];
  let at = 0;
  let rest = STRIDE;
  while (at < json.length) {
    if (at > rest) {
      yield;
      rest = at + STRIDE;
    }
    const open = json.indexOf('"', at);
    const between = json.slice(at, open < 0 ? json.length : open);
    pieces.push(/\d/.test(between) ? between.replace(NUMBER, rewrite.number) : between);
    if (open < 0) break;
    at = endOfString(json, open);
    pieces.push(rewriteString(json.slice(open, at), rewrite.string));
  }
  return pieces.join("");
}

/** The index behind the string that opens at `open`; the end of the text where it is not closed. */
function endOfString(json: string, open: number): number {
  for (let close = json.indexOf('"', open + 1); close >= 0; close = json.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (json[close - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return close + 1;
  }
  return json.length;
}

function rewriteString(token: string, rewrite: (value: string) => string): string {
  const value = token.includes("\\") ? decodeString(token) : token.slice(1, -1);
  const rewritten = rewrite(value);
  return rewritten === value ? token : JSON.stringify(rewritten);
}

function decodeString(token: string): string {
  const value: unknown = JSON.parse(token);
  return String(value);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
