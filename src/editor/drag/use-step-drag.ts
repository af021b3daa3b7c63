import { type RefObject, useEffect } from "react";
import { moveStepTo, readersOf } from "../../workflow/index.ts";
import { moveTo } from "../actions.ts";
import { stepOf, useEditor, useReadOnly } from "../services.ts";

/** Steps of the list can be dragged to another place, once the page has nothing better to do. */
export function useStepDrag(list: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  const readOnly = useReadOnly();
  useEffect(() => {
    if (readOnly) return;
    let end: (() => void) | null = null;
    let left = false;
    const { document, view } = editor;
    const enable = async () => {
      const { enableStepDrag } = await import("./step-drag.ts");
      if (left || list.current === null) return;
      end = enableStepDrag({
        list: list.current,
        nameOf: (id) => stepOf(document.getState().workflow, id)?.name ?? "",
        onPlace: (place) => {
          if (place === null) return view.getState().showDrop(null);
          const { workflow } = document.getState();
          const [late] = readersOf(moveStepTo(workflow, place.stepId, place.index), place.stepId);
          const hint = late ? `${late.reader} reads ${late.read}, which would run after it` : null;
          view.getState().showDrop({ top: place.top, hint });
        },
        onDrop: ({ stepId, index }) => moveTo(editor, stepId, index),
      });
    };
    const cancel = whenIdle(() => {
      // Without it the menu still moves steps; the next visit asks again.
      enable().catch(() => {});
    });
    return () => {
      left = true;
      cancel();
      end?.();
    };
  }, [editor, readOnly, list]);
}

/** Safari has no `requestIdleCallback`. Returns the way to cancel. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(work, 1500);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 5000 });
  return () => cancelIdleCallback(handle);
}
