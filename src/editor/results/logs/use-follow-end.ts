import { type RefObject, useEffect, useReducer, useRef, useState } from "react";

/** Closer to the end than this many pixels is at the end. */
const END_WITHIN = 24;
/** Rounding moves a scroll position by less than this. */
const ROUNDING = 2;
const KEYS_UP: ReadonlySet<string> = new Set(["ArrowUp", "PageUp", "Home"]);

export interface FollowEnd {
  /** The end is kept in view whatever comes. */
  readonly following: boolean;
  /** Follows from now on. */
  follow(): void;
  /** Goes to the end where that is followed: for a layout effect after each rendering of the rows. */
  settle(): void;
  /** For the element that scrolls. */
  readonly handlers: {
    readonly onScroll: () => void;
    readonly onWheel: (event: { readonly deltaY: number; readonly ctrlKey: boolean }) => void;
    readonly onKeyDown: (event: { readonly key: string; readonly shiftKey: boolean }) => void;
    readonly onPointerDown: () => void;
    readonly onTouchStart: () => void;
  };
}

/**
 * Keeps the end of a list in view until the person scrolls up. While it `grows`, nothing else ends that: a scroll position off the
 * end says only that rows came, or were measured, since it was set, and is put right.
 */
export function useFollowEnd(scroller: RefObject<HTMLElement | null>, grows: boolean): FollowEnd {
  const [following, setFollowing] = useState(true);
  /** Where the list was last seen or put. */
  const top = useRef(0);
  /** A finger or a pressed mouse button is on it: it is not moved under the person's hand. */
  const held = useRef(false);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);

  const toEnd = () => {
    const at = scroller.current;
    if (!at) return;
    at.scrollTop = at.scrollHeight;
    top.current = at.scrollTop;
  };
  const leave = () => {
    if (scroller.current && scroller.current.scrollTop > 0) setFollowing(false);
  };

  useEffect(() => {
    // On the window: who presses on a scrollbar may let go anywhere.
    const release = () => {
      if (held.current) renderAgain();
      held.current = false;
    };
    const moved = (event: PointerEvent) => {
      if (event.buttons === 0) release();
    };
    const ends = ["pointerup", "touchend", "touchcancel"] as const;
    for (const type of ends) addEventListener(type, release);
    addEventListener("pointermove", moved);
    return () => {
      for (const type of ends) removeEventListener(type, release);
      removeEventListener("pointermove", moved);
    };
  }, []);

  return {
    following,
    follow() {
      setFollowing(true);
      toEnd();
    },
    settle() {
      if (following && !held.current) toEnd();
    },
    handlers: {
      onScroll() {
        const at = scroller.current;
        if (!at) return;
        const moved = at.scrollTop - top.current;
        top.current = at.scrollTop;
        const atEnd = at.scrollHeight - at.scrollTop - at.clientHeight < END_WITHIN;
        if (!following) {
          if (atEnd && moved > 0) setFollowing(true);
        } else if (!atEnd) {
          if (moved < -ROUNDING && (held.current || !grows)) setFollowing(false);
          else if (!held.current) toEnd();
        }
      },
      onWheel({ deltaY, ctrlKey }) {
        if (deltaY < 0 && !ctrlKey) leave();
      },
      onKeyDown({ key, shiftKey }) {
        if (KEYS_UP.has(key) || (key === " " && shiftKey)) leave();
      },
      onPointerDown() {
        held.current = true;
      },
      onTouchStart() {
        held.current = true;
      },
    },
  };
}
