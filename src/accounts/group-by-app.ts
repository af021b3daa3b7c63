import { type AppSummary, findApp } from "../catalog/index.ts";
import type { AccountSummary } from "./account-store.ts";

/** The accounts of one app. */
export interface AppAccounts {
  readonly slug: string;
  /** Null where the catalogue has no such app (any more). */
  readonly app: AppSummary | null;
  readonly name: string;
  readonly accounts: readonly AccountSummary[];
}

/** By name of the app; the accounts of each stay in their order. */
export function groupByApp(accounts: readonly AccountSummary[]): AppAccounts[] {
  const bySlug = Map.groupBy(accounts, (account) => account.app);
  return Array.from(bySlug, ([slug, own]) => {
    const app = findApp(slug) ?? null;
    return { slug, app, name: app?.name ?? slug, accounts: own };
  }).sort((a, b) => a.name.localeCompare(b.name, "en"));
}
