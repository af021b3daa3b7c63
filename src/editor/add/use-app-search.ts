import { useMemo } from "react";
import { useStore } from "zustand";
import type { AppSearch } from "../../catalog/index.ts";
import { type CatalogFunctions, useEditor } from "../services.ts";
import { type AppGroup, groupApps } from "./rows.ts";

const searches = new WeakMap<CatalogFunctions, AppSearch>();

/** The apps that `query` finds, ranked and grouped. */
export function useAppSearch(query: string): readonly AppGroup[] {
  const { accounts, catalog, preferences } = useEditor();
  const all = useStore(accounts, (state) => state.accounts);
  return useMemo(() => {
    const accountCounts = new Map<string, number>();
    for (const { app } of all) accountCounts.set(app, (accountCounts.get(app) ?? 0) + 1);
    const recent = preferences.recentApps();
    const matches = searchOf(catalog)(query, { connected: new Set(accountCounts.keys()), recent });
    return groupApps(matches, { query, accountCounts, recent });
  }, [query, all, catalog, preferences]);
}

/** Folding the names of all apps is done once a catalogue. */
function searchOf(catalog: CatalogFunctions): AppSearch {
  let search = searches.get(catalog);
  if (search === undefined) {
    search = catalog.createAppSearch(catalog.appSummaries);
    searches.set(catalog, search);
  }
  return search;
}
