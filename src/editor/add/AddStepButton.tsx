import { Plus } from "lucide-react";
import { useEditor, useReadOnly } from "../services.ts";
import styles from "./add.module.css";

export interface AddStepButtonProps {
  /** Name of the step (or `trigger`) above. */
  readonly after: string;
  /** Where the new step goes. */
  readonly index: number;
}

/** The + between two steps and below the last. */
export function AddStepButton({ after, index }: AddStepButtonProps) {
  const { view } = useEditor();
  const readOnly = useReadOnly();
  return (
    <div className={styles.join}>
      <button
        type="button"
        className={styles.plus}
        aria-label={`Add a step after ${after}`}
        disabled={readOnly}
        onClick={() => view.getState().openAddStep(index)}
      >
        <Plus size={15} aria-hidden />
      </button>
    </div>
  );
}
