import { useEffect, useState } from "react";
import type { Storage } from "../../storage/index.ts";

/** Where it is known which workflows have runs that wait. */
export type WaitingCounts = Pick<Storage["waitingRuns"], "counts" | "onChange">;

/** How many runs of each workflow wait; follows what this tab and others change. */
export function useWaitingCounts(waiting: WaitingCounts): ReadonlyMap<string, number> {
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const found = await waiting.counts();
      if (isCurrent) setCounts(found);
    };
    // The list only goes without its marks.
    const refresh = () => void read().catch(() => {});
    refresh();
    const unsubscribe = waiting.onChange(refresh);
    return () => {
      isCurrent = false;
      unsubscribe();
    };
  }, [waiting]);
  return counts;
}
