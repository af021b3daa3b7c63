import { type RefObject, useLayoutEffect, useRef } from "react";
import { ROW_HEIGHT } from "./use-log-rows.ts";

export interface Extent {
  /** Rows that are gone from the beginning. */
  readonly dropped: number;
  /** Rows that ever were. */
  readonly total: number;
  /** Of all rows, in pixels. */
  readonly height: number;
}

/** Where `steady`, what the person looks at stays in its place while rows above it are dropped. */
export function useSteadyRows(
  scroller: RefObject<HTMLElement | null>,
  steady: boolean,
  { dropped, total, height }: Extent,
): void {
  const last = useRef<Extent>({ dropped, total, height });
  useLayoutEffect(() => {
    const before = last.current;
    last.current = { dropped, total, height };
    if (!scroller.current || !steady || dropped === before.dropped) return;
    // Rows that have come in the meantime are not measured yet.
    const come = (total - before.total) * ROW_HEIGHT;
    scroller.current.scrollTop -= before.height + come - height;
  }, [scroller, steady, dropped, total, height]);
}
