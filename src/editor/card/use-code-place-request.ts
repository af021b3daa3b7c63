import { type RefObject, useEffect } from "react";
import { updateStep } from "../../workflow/index.ts";
import type { CodeHandle } from "../code/index.ts";
import { useEditor, useView } from "../services.ts";

/** How long the code's editor may take to come after its card is in view, in milliseconds. */
const PATIENCE = 5000;

/** Puts the cursor at a place in the step's code when that is asked for: opens the card, brings it into view, waits for its editor. */
export function useCodePlaceRequest(
  stepId: string,
  card: RefObject<HTMLElement | null>,
  code: RefObject<CodeHandle | null>,
): void {
  const { document, view } = useEditor();
  const place = useView(({ codePlace }) => (codePlace?.stepId === stepId ? codePlace : null));
  useEffect(() => {
    if (place === null) return;
    const step = document.getState().workflow.steps.find(({ id }) => id === stepId);
    if (step?.collapsed === true)
      document.getState().apply((workflow) => updateStep(workflow, stepId, { collapsed: false }));
    card.current?.scrollIntoView({ block: "nearest" });
    const asked = performance.now();
    let frame = 0;
    const look = () => {
      if (code.current !== null) code.current.focusPlace(place.line, place.column);
      else if (performance.now() - asked < PATIENCE) {
        frame = requestAnimationFrame(look);
        return;
      }
      view.getState().requestCodePlace(null);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [place, stepId, card, code, document, view]);
}
