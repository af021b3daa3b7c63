import { startTransition, useEffect, useState } from "react";

/** About two screens of cards. */
const FIRST = 8;
/** A slice that takes no longer than a few frames. */
const SLICE = 10;

/**
 * How many of `total` rows to draw now: what the first screens show at once, the rest slice by slice, between which the page
 * paints and answers. A long list is there at once so, and never freezes the page. Once all are drawn, rows that are added are
 * drawn at once as well: none that stands is ever taken away for them.
 */
export function useGrowing(total: number): number {
  const [count, setCount] = useState(() => next(0, FIRST, total));
  useEffect(() => {
    if (count === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(() => startTransition(() => setCount(next(count, SLICE, total))));
    return () => clearTimeout(timer);
  }, [count, total]);
  return Math.min(count, total);
}

/** Infinity: all there will ever be. */
function next(count: number, more: number, total: number): number {
  return count + more >= total ? Number.POSITIVE_INFINITY : count + more;
}
