import { type RefObject, useEffect } from "react";
import type { ViewStore } from "../view.ts";

/** A past run is read from its top; back at the steps, they stand where they stood. `page`: what is hidden meanwhile. */
export function useKeptScroll(view: ViewStore, page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let kept = 0;
    return view.subscribe(({ history }, before) => {
      const scroller = page.current && scrollerOf(page.current);
      if (!scroller || history === before.history) return;
      // Before anything is drawn anew: what is hidden can't be scrolled.
      if (before.history === null) kept = scroller.scrollTop;
      const top = history === null ? kept : 0;
      setTimeout(() => scroller.scrollTo({ top, behavior: "instant" }));
    });
  }, [view, page]);
}

function scrollerOf(element: HTMLElement): Element {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement)
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  return document.documentElement;
}
