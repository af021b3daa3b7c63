import { type RefObject, useEffect, useState } from "react";

/** How far outside of the view, in pixels, a card counts as near. */
const margin = 600;
/** A card that only flies by while the person scrolls is not worth an editor. */
const settleMs = 80;

/** Whether an element is in view or close to it and stays there, and whether it ever was. */
export function useNear(ref: RefObject<Element | null>): { readonly near: boolean; readonly seen: boolean } {
  const [state, setState] = useState({ near: false, seen: false });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const near = entries.at(-1)?.isIntersecting === true;
        clearTimeout(timer);
        if (near) timer = setTimeout(() => setState({ near: true, seen: true }), settleMs);
        else setState((before) => (before.near ? { ...before, near: false } : before));
      },
      { rootMargin: `${margin}px 0px` },
    );
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [ref]);
  return state;
}
