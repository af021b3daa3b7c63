import { type RefObject, useEffect, useState } from "react";

/** How far outside of the view, in pixels, a card counts as near. */
const margin = 600;
/** A card that only flies by while the person scrolls is not worth an editor. */
const settleMs = 80;

type Listener = (isNear: boolean) => void;

/** One for all cards: each observer costs every frame something. */
let observer: IntersectionObserver | null = null;
const listeners = new Map<Element, Listener>();

function observe(element: Element, listener: Listener): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    },
    { rootMargin: `${margin}px 0px` },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = null;
  };
}

/** Whether an element is in view or close to it and stays there, and whether it ever was. */
export function useNear(ref: RefObject<Element | null>): { readonly near: boolean; readonly seen: boolean } {
  const [state, setState] = useState({ near: false, seen: false });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = observe(element, (near) => {
      clearTimeout(timer);
      if (near) timer = setTimeout(() => setState({ near: true, seen: true }), settleMs);
      else setState((before) => (before.near ? { ...before, near: false } : before));
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [ref]);
  return state;
}
