import { type RefObject, useEffect } from "react";
import { useEditor, useView } from "../services.ts";

/** Gives a card the focus when it is asked for: after its step was added, moved or a neighbour deleted. */
export function useFocusRequest(id: string, card: RefObject<HTMLElement | null>): void {
  const { view } = useEditor();
  const requested = useView((state) => state.focusCard === id);
  useEffect(() => {
    if (!requested) return;
    // A menu or dialog that is closing gives the focus back to its button first.
    const timer = setTimeout(() => {
      card.current?.focus({ preventScroll: true });
      card.current?.scrollIntoView({ block: "nearest" });
      view.getState().requestFocus(null);
    });
    return () => clearTimeout(timer);
  }, [requested, view, card]);
}
