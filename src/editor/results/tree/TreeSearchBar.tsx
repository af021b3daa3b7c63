import { ChevronDown, ChevronUp } from "lucide-react";
import type { KeyboardEvent } from "react";
import { IconButton } from "../../../ui/index.ts";
import styles from "../results.module.css";
import { MAX_MATCHES } from "./search.ts";
import type { TreeSearch } from "./use-search.ts";

/** The search of a tree: Enter goes to the next match, with Shift to the one before, Escape empties it. */
export function TreeSearchBar({ label, search }: { readonly label: string; readonly search: TreeSearch }) {
  const { query, setQuery, matches, go } = search;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && query !== "") setQuery("");
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.search}>
      <input
        type="search"
        className={styles.searchField}
        aria-label={`Search ${label}`}
        placeholder="Search keys and values"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className={styles.searchCount} role="status">
        {query !== "" && countText(search)}
      </span>
      <IconButton
        label="Previous match"
        icon={<ChevronUp size={14} aria-hidden />}
        size="s"
        disabled={matches.length === 0}
        onClick={() => go(-1)}
      />
      <IconButton
        label="Next match"
        icon={<ChevronDown size={14} aria-hidden />}
        size="s"
        disabled={matches.length === 0}
        onClick={() => go(1)}
      />
    </div>
  );
}

function countText({ matches, current, busy }: TreeSearch): string {
  if (matches.length === 0) return busy ? "Searching…" : "No match";
  const more = busy || matches.length >= MAX_MATCHES ? "+" : "";
  return `${(current + 1).toLocaleString("en")} of ${matches.length.toLocaleString("en")}${more}`;
}
