import type { AppSummary } from "../types.ts";
import { foldText } from "./fold.ts";
import { type IndexedApp, indexApp } from "./index-app.ts";
import { type Found, MATCH_RANKS, type MatchRank, matchApp, queryOf, type Range } from "./match.ts";

/** An app that a query found. */
export interface AppMatch {
  readonly app: AppSummary;
  readonly rank: MatchRank;
  /** Parts of the app's name to mark, in order, not overlapping. */
  readonly highlight: readonly Range[];
}

/** What breaks ties: apps with an account first, then those used lately. */
export interface SearchContext {
  readonly connected?: ReadonlySet<string> | undefined;
  /** Slugs, the latest first. */
  readonly recent?: readonly string[] | undefined;
}

export type AppSearch = (query: string, context?: SearchContext) => AppMatch[];

/** Ranks as numbers for the sort. */
const RANK_ORDER = Object.fromEntries(MATCH_RANKS.map((rank, order) => [rank, order])) as Record<
  MatchRank,
  number
>;

interface Candidate extends Found {
  readonly entry: IndexedApp;
  readonly order: number;
}

/**
 * Makes the search over a catalogue; folding happens here, once.
 *
 * Exact name or slug > alias > beginning of the name > beginning of words > acronym > one typo (from four letters
 * on) > inside the name > category > description. Ties: connected apps, recent ones, weight, name.
 * An empty query gives every app, by the same ties.
 */
export function createAppSearch(apps: readonly AppSummary[]): AppSearch {
  const byName = new Intl.Collator("en").compare;
  const entries = [...apps]
    .sort((a, b) => b.weight - a.weight || byName(a.name, b.name) || byName(a.slug, b.slug))
    .map(indexApp);

  return (text, context = {}) => {
    const query = queryOf(foldText(text));
    // Only signs: nothing to compare, and "every app" is not what was asked for.
    if (query === null && text.trim() !== "") return [];
    const candidates: Candidate[] = [];
    const precedence = precedenceIn(context);
    entries.forEach((entry, order) => {
      const found: Found | null = query === null ? { rank: "all", ranges: [] } : matchApp(query, entry);
      if (found !== null) candidates.push({ ...found, entry, order: order + precedence(entry.app.slug) });
    });
    return candidates
      .sort((a, b) => RANK_ORDER[a.rank] - RANK_ORDER[b.rank] || a.order - b.order)
      .map(({ entry, rank, ranges }) => ({ app: entry.app, rank, highlight: inOriginal(entry, ranges) }));
  };

  /** What to add to an app's place among its equals; smaller comes first. */
  function precedenceIn({ connected, recent = [] }: SearchContext): (slug: string) => number {
    const size = entries.length;
    const places = new Map<string, number>();
    recent.forEach((slug, place) => {
      if (!places.has(slug)) places.set(slug, place);
    });
    const tiers = recent.length + 1;
    return (slug) =>
      size * ((connected?.has(slug) === true ? 0 : tiers) + (places.get(slug) ?? recent.length));
  }
}

/** Ranges of the folded name as ranges of the name itself, sorted, touching ones joined. */
function inOriginal({ name }: IndexedApp, ranges: readonly Range[]): Range[] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const start = name.starts[from] ?? 0;
    const end = name.ends[to - 1] ?? start;
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}
