import {
  defaultRangeExtractor,
  observeElementOffset,
  useVirtualizer,
  type Virtualizer,
} from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import type { LogView } from "../../../runs/index.ts";
import { FOLD_AFTER } from "./LogRow.tsx";

/** Of a line that isn't wrapped, in pixels. */
export const ROW_HEIGHT = 19;
/**
 * While the end is followed, so many rows are drawn, or as many as have so many characters: they fill the view. A log that has no more
 * is drawn without any measuring, which costs more than its rows do.
 */
const TAIL_ROWS = 40;
const TAIL_CHARACTERS = 8000;

type Rows = Virtualizer<HTMLDivElement, Element>;
type Report = (offset: number, isScrolling: boolean) => void;

/** Whether a log is drawn as a whole. */
export function isShort(log: LogView): boolean {
  return log.length <= TAIL_ROWS && lastRows(log).length === log.length;
}

/**
 * The rows of a log that are in the document; none of one that isn't `enabled`. While its end is followed these are the last ones, whatever the virtualizer believes
 * the list to be scrolled to; it is not told of scrolling meanwhile, which would make it draw each change twice.
 */
export function useLogRows(
  scroller: RefObject<HTMLDivElement | null>,
  log: LogView,
  { following, enabled }: { readonly following: boolean; readonly enabled: boolean },
): Rows {
  const { dropped } = log;
  const isFollowing = useRef(following);
  const reportOffset = useRef<Report | null>(null);
  const rows = useVirtualizer<HTMLDivElement, Element>({
    enabled,
    count: log.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // Another function makes the virtualizer go through all rows anew.
    getItemKey: useCallback((index: number) => dropped + index, [dropped]),
    rangeExtractor: following ? () => lastRows(log) : defaultRangeExtractor,
    observeElementOffset: useCallback((virtualizer: Rows, report: Report) => {
      reportOffset.current = report;
      return observeElementOffset(virtualizer, (offset, isScrolling) => {
        if (!isFollowing.current) report(offset, isScrolling);
      });
    }, []),
  });
  // Or else it scrolls as well, when a row above turns out higher than was guessed.
  rows.shouldAdjustScrollPositionOnItemSizeChange = following ? () => false : undefined;

  useLayoutEffect(() => {
    isFollowing.current = following;
    if (!following && scroller.current) reportOffset.current?.(scroller.current.scrollTop, false);
  }, [following, scroller]);
  return rows;
}

function lastRows(log: LogView): number[] {
  const indexes: number[] = [];
  let characters = 0;
  for (let index = log.length - 1; index >= 0; index--) {
    if (indexes.length === TAIL_ROWS || characters >= TAIL_CHARACTERS) break;
    indexes.push(index);
    characters += Math.min(FOLD_AFTER, log.at(index).text.length);
  }
  return indexes.reverse();
}
