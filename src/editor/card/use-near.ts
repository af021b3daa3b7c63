import { type RefObject, useEffect, useState } from "react";

/** How far outside of the view, in pixels, a card counts as near. */
const margin = 600;

/** Whether an element is in view or close to it, and whether it ever was. */
export function useNear(ref: RefObject<Element | null>): { readonly near: boolean; readonly seen: boolean } {
  const [state, setState] = useState({ near: false, seen: false });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const near = entries.at(-1)?.isIntersecting === true;
        setState((before) => (before.near === near ? before : { near, seen: before.seen || near }));
      },
      { rootMargin: `${margin}px 0px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return state;
}
