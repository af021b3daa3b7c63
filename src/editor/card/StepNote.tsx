import { useEffect, useRef } from "react";
import { type Step, updateStep } from "../../workflow/index.ts";
import { useEditor, useReadOnly, useView } from "../services.ts";
import styles from "./card.module.css";

/** The step's note: shown where there is one, or when one is to be written. */
export function StepNote({ step }: { readonly step: Step }) {
  const { document, view } = useEditor();
  const readOnly = useReadOnly();
  const { id, note } = step;
  const open = useView((state) => state.noteOpen === id);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // The menu that asked for it takes the focus back to its button first.
    if (open) setTimeout(() => field.current?.focus());
  }, [open]);
  if (note === "" && !open) return null;
  return (
    <div className={styles.note}>
      <textarea
        ref={field}
        className={styles.noteText}
        aria-label={`Note of ${step.name}`}
        placeholder="What is this step for?"
        rows={1}
        value={note}
        readOnly={readOnly}
        onChange={(event) => {
          const { value } = event.target;
          document.getState().apply((workflow) => updateStep(workflow, id, { note: value }), {
            mergeKey: `note:${id}`,
          });
        }}
        onBlur={() => view.getState().closeNote(id)}
      />
    </div>
  );
}
