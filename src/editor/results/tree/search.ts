import type { SlicedWork } from "../../../lib/slices.ts";
import type { JsonDocument } from "./json-document.ts";
import { decoded, endOfString, isSpace, skipSpace } from "./json-scan.ts";

/** As many are counted and can be walked through. */
export const MAX_MATCHES = 100_000;
const STRIDE = 64 * 1024;

/**
 * Where in the text keys and values hold `query`, upper and lower case alike: the beginning of the key or value, each row once.
 * The matches that `found` was called with last are those so far.
 */
export function* searching(
  { text }: JsonDocument,
  query: string,
  found: (matches: readonly number[]) => void,
): SlicedWork<readonly number[]> {
  const wanted = query.toLowerCase();
  const matches: number[] = [];
  let keyMatched = false;
  let told = 0;
  let rest = STRIDE;
  for (let at = 0; at < text.length && matches.length < MAX_MATCHES; ) {
    if (at > rest) {
      if (matches.length > told) found(matches);
      told = matches.length;
      yield;
      rest = at + STRIDE;
    }
    const code = text.charCodeAt(at);
    if (isStructure(code)) {
      // A key that matched stands for its row: its value isn't counted again.
      if (code !== 0x3a && !isSpace(code)) keyMatched = false;
      at++;
      continue;
    }
    const isString = code === 0x22;
    const end = isString ? endOfString(text, at) : endOfScalar(text, at);
    const token = text.slice(at, end);
    const holds = (isString ? decoded(token) : token).toLowerCase().includes(wanted);
    if (holds && !keyMatched) matches.push(at);
    keyMatched = holds && isString && text.charCodeAt(skipSpace(text, end)) === 0x3a;
    at = end;
  }
  return matches;
}

/** Space, and `, : [ ] { }`. */
function isStructure(code: number): boolean {
  return (
    isSpace(code) ||
    code === 0x2c ||
    code === 0x3a ||
    code === 0x5b ||
    code === 0x5d ||
    code === 0x7b ||
    code === 0x7d
  );
}

function endOfScalar(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isStructure(text.charCodeAt(at))) at++;
  return at;
}
