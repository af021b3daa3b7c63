import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import type { WorkflowSummary } from "../../storage/index.ts";

interface ListFocus {
  readonly listRef: RefObject<HTMLUListElement | null>;
  /** Up, Down, Home and End go from row to row. */
  onKeyDown(event: KeyboardEvent): void;
  /** The row of this workflow is about to go: the focus moves to its neighbour once it has. */
  leave(id: string): void;
  /** A dialog that was opened by this workflow's menu has closed: back to the menu's button. */
  backTo(id: string): void;
}

/** Keeps the focus where people are working in the list; on `fallback` once it is empty. */
export function useListFocus(
  rows: readonly WorkflowSummary[],
  fallback: RefObject<HTMLElement | null>,
): ListFocus {
  const listRef = useRef<HTMLUListElement>(null);
  const leaving = useRef<{ readonly id: string; readonly index: number } | null>(null);
  const linkAt = (index: number) =>
    listRef.current?.querySelectorAll<HTMLElement>("[data-workflow] a")[index] ?? null;

  useEffect(() => {
    const left = leaving.current;
    if (left === null || rows.some(({ id }) => id === left.id)) return;
    leaving.current = null;
    (linkAt(Math.min(left.index, rows.length - 1)) ?? fallback.current)?.focus();
  });

  return {
    listRef,
    onKeyDown(event) {
      const current = rows.findIndex(
        ({ id }) =>
          event.target instanceof Element &&
          event.target.closest("a")?.getAttribute("href") === `/workflows/${id}`,
      );
      const next = {
        ArrowDown: current + 1,
        ArrowUp: current - 1,
        Home: 0,
        End: rows.length - 1,
      }[event.key];
      if (current < 0 || next === undefined || next < 0 || next >= rows.length) return;
      event.preventDefault();
      linkAt(next)?.focus();
    },
    backTo(id) {
      // After the dialog's own attempt: what had the focus before it was the menu, which is gone.
      requestAnimationFrame(() =>
        listRef.current?.querySelector<HTMLElement>(`[data-workflow="${CSS.escape(id)}"] button`)?.focus(),
      );
    },
    leave(id) {
      leaving.current = { id, index: rows.findIndex((row) => row.id === id) };
    },
  };
}
