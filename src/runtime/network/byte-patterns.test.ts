import { describe, expect, test } from "vitest";
import { compilePatterns, createPatternStream, type PatternMatch } from "./byte-patterns.ts";

const utf8 = new TextEncoder();
const compiled = (...texts: string[]) => compilePatterns(texts.map((text) => utf8.encode(text)));

/** Every occurrence as `start-end:pattern`, sorted. */
const told = (matches: readonly PatternMatch[]) =>
  matches.map(({ pattern, start, end }) => `${start}-${end}:${pattern}`).sort();

function search(texts: readonly string[], haystack: string): string[] {
  const matches: PatternMatch[] = [];
  compiled(...texts).search(utf8.encode(haystack), (match) => matches.push(match));
  return told(matches);
}

/** What is found when the haystack comes in pieces; places count from the beginning of the first. */
function inPieces(texts: readonly string[], pieces: readonly Uint8Array[]): string[] {
  const stream = createPatternStream(compiled(...texts));
  const matches: PatternMatch[] = [];
  let offset = 0;
  for (const piece of pieces) {
    stream.push(piece, ({ pattern, start, end }) => {
      expect(end, "it ends in this piece").toBeGreaterThan(0);
      expect(end).toBeLessThanOrEqual(piece.length);
      matches.push({ pattern, start: offset + start, end: offset + end });
    });
    offset += piece.length;
  }
  return told(matches);
}

describe("patterns", () => {
  test.each([
    ["at the beginning", ["token"], "token and more", ["0-5:0"]],
    ["at the end", ["token"], "the token", ["4-9:0"]],
    ["not in what is shorter", ["token"], "toke", []],
    ["overlapping themselves", ["aaa"], "aaaaa", ["0-3:0", "1-4:0", "2-5:0"]],
    ["within one another", ["secret", "cre", "secrets"], "secrets", ["0-6:0", "0-7:2", "2-5:1"]],
    ["of very different lengths", ["ab", "x".repeat(200)], `ab${"x".repeat(200)}`, ["0-2:0", "2-202:1"]],
    ["in several bytes a character", ["kühl🔑"], "un-kühl🔑!", ["3-12:0"]],
  ])("are found %s", (_name, texts, haystack, expected) => {
    expect(search(texts, haystack)).toEqual(expected);
  });

  test("none at all find nothing", () => {
    expect(search([], "anything")).toEqual([]);
  });

  test("of one byte are refused", () => {
    expect(() => compiled("a")).toThrow(RangeError);
  });
});

/** Repeatable random numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Few letters, so that patterns overlap, begin and hold one another, and the text is full of halves of them. */
function caseOf(seed: number): { texts: string[]; haystack: string; random: () => number } {
  const random = randomFrom(seed);
  const letters = random() < 0.5 ? "ab" : "abü🔑";
  const textOf = (length: number) =>
    Array.from({ length }, () => [...letters][Math.floor(random() * [...letters].length)]).join("");
  const texts = [
    ...new Set(Array.from({ length: 1 + Math.floor(random() * 6) }, () => textOf(2 + random() * 40))),
  ];
  const haystack = Array.from({ length: 30 }, () => {
    const text = texts[Math.floor(random() * texts.length)] ?? "";
    return random() < 0.4 ? textOf(4) : text.slice(0, random() < 0.5 ? text.length : random() * text.length);
  }).join("");
  return { texts, haystack, random };
}

/** The same by looking everywhere. */
function naively(texts: readonly string[], haystack: string): string[] {
  const bytes = Buffer.from(haystack);
  const found: string[] = [];
  texts.forEach((text, index) => {
    const pattern = Buffer.from(text);
    for (let at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 1)) {
      found.push(`${at}-${at + pattern.length}:${index}`);
    }
  });
  return found.sort();
}

describe("for any patterns and bytes", () => {
  const seeds = Array.from({ length: 300 }, (_, index) => index + 1);

  test("all occurrences are found, and nothing else", () => {
    for (const seed of seeds) {
      const { texts, haystack } = caseOf(seed);
      expect(search(texts, haystack), `seed ${seed}`).toEqual(naively(texts, haystack));
    }
  });

  test("however they are split into pieces, the same is found", () => {
    for (const seed of seeds) {
      const { texts, haystack, random } = caseOf(seed);
      const bytes = utf8.encode(haystack);
      for (const longest of [1, 3, 20, 200]) {
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; ) {
          const next = at + Math.floor(random() * (longest + 1));
          pieces.push(bytes.subarray(at, next));
          at = next;
        }
        expect(inPieces(texts, pieces), `seed ${seed}, pieces of ${longest}`).toEqual(
          naively(texts, haystack),
        );
      }
    }
  });
});
