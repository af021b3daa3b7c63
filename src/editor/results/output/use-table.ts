import { useEffect, useMemo, useRef, useState } from "react";
import { runAtOnce, runInSlices } from "../../../lib/slices.ts";
import { type Sorting, sortingRows } from "./sort-rows.ts";
import { type Row, readingRows } from "./table-rows.ts";

export interface TableState {
  /** Rows of the first part, as they came. */
  readonly first: readonly Row[];
  /** How many rows are listed. */
  readonly count: number;
  /** The row at a place of the list, and its number in the table, from 0. */
  at(place: number): { readonly row: Row; readonly number: number } | undefined;
  readonly sorting: Sorting | null;
  /** Whether rows are being read or put in order. */
  readonly busy: boolean;
  /** Ascending, descending, as it came. Takes all rows into account. */
  sortBy(column: number): void;
  /** Reads the rows after the first. */
  showAll(): void;
  /** All rows, as they came. */
  all(): Promise<readonly Row[]>;
}

/** The rows of a table: the first part at once, the rest when it is asked for, in slices. */
export function useTable(parts: readonly string[]): TableState {
  const first = useMemo(() => runAtOnce(readingRows(parts.slice(0, 1))), [parts]);
  const [rows, setRows] = useState(first);
  const [sorted, setSorted] = useState<{ readonly sorting: Sorting; readonly order: Uint32Array } | null>(
    null,
  );
  const [wanted, setWanted] = useState<Sorting | null>(null);
  const [busy, setBusy] = useState(false);
  const reading = useRef<Promise<readonly Row[]> | null>(null);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);

  const all = () => {
    reading.current ??= parts.length <= 1 ? Promise.resolve(first) : runInSlices(readingRows(parts));
    return reading.current;
  };

  /** Does what takes long; only the last that was asked for comes to its end. */
  const work = async (task: (signal: AbortSignal) => Promise<void>) => {
    abort.current.abort();
    abort.current = new AbortController();
    const { signal } = abort.current;
    setBusy(true);
    try {
      await task(signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (!signal.aborted) setBusy(false);
    }
  };

  const showAll = () =>
    void work(async (signal) => {
      const read = await all();
      if (!signal.aborted) setRows(read);
    });

  const sortBy = (column: number) => {
    const next =
      wanted?.column !== column
        ? { column, descending: false }
        : wanted.descending
          ? null
          : { column, descending: true };
    setWanted(next);
    void work(async (signal) => {
      const read = await all();
      const order = next && (await runInSlices(sortingRows(read, next), signal));
      if (signal.aborted) return;
      setRows(read);
      setSorted(next && order && { sorting: next, order });
    });
  };

  return {
    first,
    count: rows.length,
    at(place) {
      const number = sorted ? sorted.order[place] : place;
      const row = number === undefined ? undefined : rows[number];
      return row && number !== undefined ? { row, number } : undefined;
    },
    sorting: sorted?.sorting ?? null,
    busy,
    sortBy,
    showAll,
    all,
  };
}
