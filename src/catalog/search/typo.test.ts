import { expect, test } from "vitest";
import { isOneTypoAway, typoPrefixLength } from "./typo.ts";

test.each([
  ["slakc", "slack", true],
  ["salck", "slack", true],
  ["lsack", "slack", true],
  ["slac", "slack", true],
  ["lack", "slack", true],
  ["slackk", "slack", true],
  ["sslack", "slack", true],
  ["slick", "slack", true],
  ["slack", "slack", false],
  ["sla", "slack", false],
  ["slcka", "slack", false],
  ["kcals", "slack", false],
  ["", "", false],
])("%s, %s: %s", (typed, word, expected) => {
  expect(isOneTypoAway(typed, word)).toBe(expected);
  expect(isOneTypoAway(word, typed)).toBe(expected);
});

/** Every way to mistype once, against the definition. */
test("all single typos are found, and what is found is one", () => {
  const alphabet = "abc";
  const words = ["", "a", "ab", "abc", "cab", "abca", "bbbb"];
  for (const word of words) {
    const near = new Set<string>();
    for (let at = 0; at <= word.length; at++) {
      near.add(word.slice(0, at) + word.slice(at + 1));
      near.add(word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2));
      for (const letter of alphabet) {
        near.add(word.slice(0, at) + letter + word.slice(at));
        near.add(word.slice(0, at) + letter + word.slice(at + 1));
      }
    }
    near.delete(word);
    for (const typed of allTexts(alphabet, 5)) {
      expect([typed, word, isOneTypoAway(typed, word)]).toEqual([typed, word, near.has(typed)]);
      if (near.has(typed) && typed.length >= 4 && word.length >= 3) {
        expect([typed, word, typoPrefixLength(typed, word)]).toEqual([typed, word, word.length]);
      }
    }
  }
});

function allTexts(alphabet: string, longest: number): string[] {
  let texts = [""];
  const all = [""];
  for (let length = 1; length <= longest; length++) {
    texts = texts.flatMap((text) => Array.from(alphabet, (letter) => text + letter));
    all.push(...texts);
  }
  return all;
}

test("the beginning of a longer word, from five letters on", () => {
  expect(typoPrefixLength("salse", "salesforce")).toBe(5);
  expect(typoPrefixLength("slae", "salesforce")).toBe(0);
  expect(typoPrefixLength("qwert", "salesforce")).toBe(0);
});
