import type { AppMatch, AppSummary } from "../../catalog/index.ts";

/** An app in the list, and what stands at its right. */
export interface AppRow {
  readonly app: AppSummary;
  /** Parts of its name to mark. */
  readonly highlight: readonly (readonly [start: number, end: number])[];
  readonly hint: string;
}

export interface AppGroup {
  readonly heading: string;
  readonly rows: readonly AppRow[];
}

export interface GroupOptions {
  readonly query: string;
  /** Slug → number of accounts. */
  readonly accountCounts: ReadonlyMap<string, number>;
  readonly recent: readonly string[];
}

/** Rows that are drawn at most: nobody reads further, and each costs time at every key. */
export const shownApps = 47;

/** Found apps in groups: with nothing typed, what the person uses comes first, under headings of its own. */
export function groupApps(matches: readonly AppMatch[], options: GroupOptions): readonly AppGroup[] {
  const { query, accountCounts, recent } = options;
  const rows = matches.slice(0, shownApps).map(({ app, highlight }) => ({
    app,
    highlight,
    hint: hintOf(app, accountCounts.get(app.slug) ?? 0),
  }));
  if (query.trim() !== "") return withoutEmpty([{ heading: "Apps", rows }]);
  const connected = rows.filter(({ app }) => accountCounts.has(app.slug));
  const used = rows.filter(({ app }) => !accountCounts.has(app.slug) && recent.includes(app.slug));
  const others = rows.filter(({ app }) => !accountCounts.has(app.slug) && !recent.includes(app.slug));
  return withoutEmpty([
    { heading: "Connected", rows: connected },
    { heading: "Recent", rows: used },
    { heading: "Apps", rows: others },
  ]);
}

function withoutEmpty(groups: readonly AppGroup[]): readonly AppGroup[] {
  return groups.filter(({ rows }) => rows.length > 0);
}

const kinds: Readonly<Record<AppSummary["authType"], string>> = {
  oauth: "OAuth",
  keys: "Key",
  none: "No account needed",
};

function hintOf(app: AppSummary, accounts: number): string {
  const kind = kinds[app.authType];
  return accounts === 0 ? kind : `${kind} · ${accounts} ${accounts === 1 ? "account" : "accounts"}`;
}
