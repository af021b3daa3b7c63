import { type RefObject, useEffect } from "react";
import { moveStepTo, readersOf } from "../../workflow/index.ts";
import { moveTo } from "../actions.ts";
import { stepOf, useEditor, useReadOnly } from "../services.ts";

/** Steps of the list can be dragged to another place; what that takes loads when a pointer first comes to the list. */
export function useStepDrag(list: RefObject<HTMLElement | null>): void {
  const editor = useEditor();
  const readOnly = useReadOnly();
  useEffect(() => {
    if (readOnly) return;
    let end: (() => void) | null = null;
    let asked = false;
    let over: EventTarget | null = null;
    let left = false;
    const { document, view } = editor;
    const enable = async () => {
      const { enableStepDrag } = await import("./step-drag.ts");
      if (left || list.current === null) return;
      end = enableStepDrag({
        list: list.current,
        over,
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
    const onPointer = ({ target }: PointerEvent) => {
      over = target;
      if (asked) return;
      asked = true;
      // Without it the menu still moves steps.
      enable().catch(() => {});
    };
    const element = list.current;
    element?.addEventListener("pointerover", onPointer);
    return () => {
      left = true;
      element?.removeEventListener("pointerover", onPointer);
      end?.();
    };
  }, [editor, readOnly, list]);
}
