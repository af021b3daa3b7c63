import type { IndexedApp } from "./index-app.ts";
import { squashed } from "./index-app.ts";
import { typoPrefixLength } from "./typo.ts";

/** How an app was found, best first. `all`: nothing was typed. */
export const MATCH_RANKS = [
  "all",
  "exact",
  "alias",
  "name-prefix",
  "word-prefix",
  "acronym",
  "typo",
  "within-name",
  "category",
  "description",
] as const;

export type MatchRank = (typeof MATCH_RANKS)[number];

/** A half-open range of an app's name. */
export type Range = readonly [start: number, end: number];

/** What was typed, folded. */
export interface Query {
  readonly text: string;
  readonly words: readonly string[];
  /** Each word with a space before it, as it begins a word in a list of words. */
  readonly spaced: readonly string[];
  readonly squashed: string;
}

export interface Found {
  readonly rank: MatchRank;
  /** Parts of the folded name that matched. */
  readonly ranges: readonly Range[];
}

/** Shortest query that may contain a typo. */
const TYPO_LENGTH = 4;
/** Shortest query that is looked for in the middle of a name. */
const WITHIN_LENGTH = 3;
/** Shortest query that is looked for in categories and descriptions: one letter would find nearly every app. */
const PROSE_LENGTH = 2;

/** Makes a query of a folded text; null for an empty one. */
export function queryOf(text: string): Query | null {
  if (text === "") return null;
  const words = text.split(" ");
  return { text, words, spaced: words.map((word) => ` ${word}`), squashed: squashed(text) };
}

/** The best way in which the query finds the app, or null. */
export function matchApp(query: Query, app: IndexedApp): Found | null {
  if (has(app.titles, query)) {
    const isName = squashed(app.name.text) === query.squashed;
    return { rank: "exact", ranges: isName ? [[0, app.name.text.length]] : inName(query, app) };
  }
  if (has(app.aliases, query)) {
    return { rank: "alias", ranges: inName(query, app) };
  }
  // The one long text an app has is searched once, for both ranks that need it.
  const hasAllWords = query.spaced.every((word) => app.allWords.includes(word));
  return (
    namePrefix(query, app) ??
    (hasAllWords ? wordPrefix(query, app) : null) ??
    acronym(query, app) ??
    typo(query, app) ??
    withinName(query, app) ??
    (hasAllWords ? prose(query, app) : null)
  );
}

function has(texts: readonly string[], { text, squashed }: Query): boolean {
  return texts.includes(text) || (squashed !== text && texts.includes(squashed));
}

function namePrefix(query: Query, app: IndexedApp): Found | null {
  for (const title of app.titles) {
    if (title.startsWith(query.text) || title.startsWith(query.squashed)) {
      return { rank: "name-prefix", ranges: inName(query, app) };
    }
  }
  return null;
}

/** Each typed word begins a word of the name, the slug or an alias, in any order. */
function wordPrefix(query: Query, app: IndexedApp): Found | null {
  const ranges: Range[] = [];
  for (const word of query.words) {
    const named = app.words.find(
      ({ text, start }) => text.startsWith(word) && !ranges.some(([taken]) => taken === start),
    );
    if (named !== undefined) ranges.push([named.start, named.start + word.length]);
    else if (!app.otherWords.includes(` ${word}`)) return null;
  }
  return { rank: "word-prefix", ranges };
}

function acronym(query: Query, app: IndexedApp): Found | null {
  if (query.words.length > 1 || query.text.length < 2 || !app.initials.startsWith(query.text)) return null;
  const used = app.words.slice(0, query.text.length);
  return { rank: "acronym", ranges: used.map(({ start }): Range => [start, start + 1]) };
}

function typo(query: Query, app: IndexedApp): Found | null {
  if (query.squashed.length < TYPO_LENGTH) return null;
  for (const { start, text } of app.words) {
    const length = typoPrefixLength(query.squashed, text);
    if (length > 0) return { rank: "typo", ranges: [[start, start + length]] };
  }
  const isNear = app.wholes.some((text) => typoPrefixLength(query.squashed, text) > 0);
  return isNear ? { rank: "typo", ranges: [] } : null;
}

function withinName(query: Query, app: IndexedApp): Found | null {
  if (query.text.length < WITHIN_LENGTH) return null;
  const at = app.name.text.indexOf(query.text);
  return at === -1 ? null : { rank: "within-name", ranges: [[at, at + query.text.length]] };
}

/** Some typed words begin words of the categories (or of the name beside them); else of the description too. */
function prose(query: Query, app: IndexedApp): Found | null {
  if (query.squashed.length < PROSE_LENGTH) return null;
  const ranges: Range[] = [];
  let rank: MatchRank = "category";
  for (const word of query.words) {
    const named = app.words.find(({ text }) => text.startsWith(word));
    if (named !== undefined) ranges.push([named.start, named.start + word.length]);
    else if (!`${app.otherWords}${app.categoryWords}`.includes(` ${word}`)) rank = "description";
  }
  return { rank, ranges };
}

/** Where the query's text or words stand in the name, for a match that was found elsewhere. */
function inName(query: Query, app: IndexedApp): readonly Range[] {
  const { text } = app.name;
  if (text.startsWith(query.text)) return [[0, query.text.length]];
  if (squashed(text).startsWith(query.squashed)) return [[0, reach(text, query.squashed.length)]];
  return query.words.flatMap((word): Range[] => {
    const named = app.words.find((one) => one.text.startsWith(word));
    return named === undefined ? [] : [[named.start, named.start + word.length]];
  });
}

/** How far into `text` its first `letters` letters reach, spaces not counted. */
function reach(text: string, letters: number): number {
  let end = 0;
  for (let left = letters; left > 0 && end < text.length; end++) if (text[end] !== " ") left--;
  return end;
}
