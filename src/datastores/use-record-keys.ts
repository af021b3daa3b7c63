import { useEffect, useState } from "react";
import type { DataStoreRecordRepository } from "../storage/index.ts";
import { useDataStoreServices } from "./context.tsx";

const KEYS_AT_ONCE = 10_000;
/** Records that a search looks through at once. */
const SEARCHED_AT_ONCE = 500;
/** Changes that follow each other closely are read once, in milliseconds. */
const SETTLE = 150;
/** While a search goes on, what it has found is shown this often, in milliseconds. */
const SHOW_EVERY = 200;

export interface RecordKeys {
  readonly keys: readonly string[];
  /** All of them have been found. */
  readonly isComplete: boolean;
  readonly problem: string | null;
  /** Another number whenever the records may have changed. */
  readonly version: number;
}

/** Keys of a data store's records whose key or value has the query in it, read piece by piece. Follows steps and other tabs. */
export function useRecordKeys(store: string, query: string): RecordKeys {
  const { records } = useDataStoreServices();
  const [state, setState] = useState<RecordKeys>({ keys: [], isComplete: false, problem: null, version: 0 });
  useEffect(() => {
    let latest = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    /** `inPieces`: what was found so far is shown; else what stood there stays until all is found. */
    const read = async (inPieces: boolean) => {
      latest += 1;
      const own = latest;
      const keys: string[] = [];
      let shownAt = 0;
      const show = (isComplete: boolean) =>
        setState(({ version }) => ({ keys: [...keys], isComplete, problem: null, version: version + 1 }));
      try {
        for await (const piece of query === "" ? allKeys(records, store) : matching(records, store, query)) {
          if (own !== latest) return;
          keys.push(...piece);
          if (!inPieces || Date.now() - shownAt < SHOW_EVERY) continue;
          shownAt = Date.now();
          show(false);
        }
        if (own === latest) show(true);
      } catch (error) {
        const problem = `The records can't be read: ${error instanceof Error ? error.message : String(error)}`;
        if (own === latest) setState((before) => ({ ...before, isComplete: true, problem }));
      }
    };
    void read(true);
    const unsubscribe = records.onChange((changed) => {
      if (changed !== store) return;
      clearTimeout(timer);
      timer = setTimeout(() => void read(false), SETTLE);
    });
    return () => {
      latest = Number.NaN;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [records, store, query]);
  return state;
}

async function* allKeys(
  records: DataStoreRecordRepository,
  store: string,
): AsyncGenerator<readonly string[]> {
  let after: string | null = null;
  for (;;) {
    const keys: readonly string[] = await records.keys(store, after, KEYS_AT_ONCE);
    yield keys;
    if (keys.length < KEYS_AT_ONCE) return;
    after = keys.at(-1) ?? null;
  }
}

async function* matching(
  records: DataStoreRecordRepository,
  store: string,
  query: string,
): AsyncGenerator<readonly string[]> {
  const sought = query.toLowerCase();
  const has = (text: string) => text.toLowerCase().includes(sought);
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof records.page>> = await records.page(store, after, SEARCHED_AT_ONCE);
    yield page.records.flatMap(({ key, json }) => (has(key) || has(json) ? [key] : []));
    after = page.next;
  } while (after !== null);
}
