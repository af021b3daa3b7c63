import { useEffect, useRef, useState } from "react";
import { runInSlices } from "../../../lib/slices.ts";
import type { JsonDocument } from "./json-document.ts";
import { searching } from "./search.ts";

export interface TreeSearch {
  readonly query: string;
  setQuery(query: string): void;
  /** Places in the text, so far. */
  readonly matches: readonly number[];
  readonly busy: boolean;
  /** Index of the match that is shown; -1: none. */
  readonly current: number;
  /** To the next match, or back; round at the ends. */
  go(by: 1 | -1): void;
}

/** Looks for a text in keys and values, in slices; `reveal` shows a match. The first is shown as soon as it is found. */
export function useSearch(document: JsonDocument, reveal: (place: number) => void): TreeSearch {
  const [query, setQuery] = useState("");
  const [matches, setMatches] = useState<readonly number[]>([]);
  const [busy, setBusy] = useState(false);
  const [current, setCurrent] = useState(-1);
  const latest = useRef(reveal);
  latest.current = reveal;

  useEffect(() => {
    setMatches([]);
    setCurrent(-1);
    setBusy(query !== "");
    if (query === "") return;
    const abort = new AbortController();
    let shown = false;
    const found = (matches: readonly number[]) => {
      setMatches([...matches]);
      const [first] = matches;
      if (first === undefined || shown) return;
      shown = true;
      setCurrent(0);
      latest.current(first);
    };
    runInSlices(searching(document, query, found), abort.signal).then(
      (all) => {
        found(all);
        setBusy(false);
      },
      (error: unknown) => {
        if (!abort.signal.aborted) throw error;
      },
    );
    return () => abort.abort();
  }, [document, query]);

  const go = (by: 1 | -1) => {
    if (matches.length === 0) return;
    const next = (current + by + matches.length) % matches.length;
    setCurrent(next);
    const place = matches[next];
    if (place !== undefined) reveal(place);
  };

  return { query, setQuery, matches, busy, current, go };
}
