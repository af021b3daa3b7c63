import { startTransition, useEffect, useState } from "react";

/** About two screens of cards. */
const FIRST = 8;
/** A slice that takes no longer than a few frames. */
const SLICE = 10;

/**
 * How many of `total` rows to draw now: what the first screens show at once, the rest slice by slice, between which the page
 * paints and answers. A long list is there at once so, and never freezes the page.
 */
export function useGrowing(total: number): number {
  const [count, setCount] = useState(FIRST);
  const complete = count >= total;
  useEffect(() => {
    if (complete) return;
    const timer = setTimeout(() => startTransition(() => setCount(count + SLICE)));
    return () => clearTimeout(timer);
  }, [complete, count]);
  return complete ? total : count;
}
