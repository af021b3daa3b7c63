import { useEffect, useState } from "react";
import { useDataStoreServices } from "./context.tsx";
import type { DataStoreRecord } from "./types.ts";

/** Rows are read in blocks of so many: scrolling by one reads nothing. */
const BLOCK = 50;

/** The records of the rows from `from` to `to` by key, as far as they have been read. `version`: of `keys`. */
export function useRecords(
  store: string,
  keys: readonly string[],
  version: number,
  from: number,
  to: number,
): ReadonlyMap<string, DataStoreRecord> {
  const { records } = useDataStoreServices();
  const [found, setFound] = useState<ReadonlyMap<string, DataStoreRecord>>(new Map());
  const first = Math.floor(from / BLOCK) * BLOCK;
  const last = Math.ceil((to + 1) / BLOCK) * BLOCK;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` says that what is behind the keys has changed
  useEffect(() => {
    let isCurrent = true;
    const wanted = keys.slice(first, last);
    records.get(store, wanted).then(
      (read) => {
        if (isCurrent) setFound(new Map(read.flatMap((record) => (record ? [[record.key, record]] : []))));
      },
      // The keys say why.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [records, store, keys, version, first, last]);
  return found;
}
