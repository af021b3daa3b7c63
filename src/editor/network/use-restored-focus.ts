import { type RefObject, useEffect, useRef } from "react";

/** For a row that undo has just brought back: its control gets the focus, which was on the button of the undo. */
export function useRestoredFocus(isRestored: boolean): RefObject<HTMLLIElement | null> {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isRestored) return;
    const control =
      row.current?.querySelector<HTMLElement>("input:checked") ??
      row.current?.querySelector<HTMLElement>("input, button");
    control?.focus();
  }, [isRestored]);
  return row;
}
