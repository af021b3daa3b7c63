import { Plus } from "lucide-react";
import type { Step } from "../../workflow/index.ts";
import { useEditor, useReadOnly } from "../services.ts";
import { AppChip } from "./AppChip.tsx";
import styles from "./apps.module.css";

/** The apps attached to a step, and the way to attach another. */
export function AppsRow({ step }: { readonly step: Step }) {
  const { view } = useEditor();
  const readOnly = useReadOnly();
  return (
    <div className={styles.row}>
      {step.apps.map((attached) => (
        <AppChip key={attached.app} stepId={step.id} attached={attached} />
      ))}
      <button
        type="button"
        className={styles.add}
        disabled={readOnly}
        onClick={() => view.getState().openAddApp(step.id)}
      >
        <Plus size={14} aria-hidden /> Add app
      </button>
    </div>
  );
}
