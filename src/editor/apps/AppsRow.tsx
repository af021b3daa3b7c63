import { Plus } from "lucide-react";
import type { Step } from "../../workflow/index.ts";
import { useEditor, useReadOnly } from "../services.ts";
import { AddDataStore } from "./AddDataStore.tsx";
import { AppChip } from "./AppChip.tsx";
import styles from "./apps.module.css";
import { DataStoreChip } from "./DataStoreChip.tsx";

/** The apps and the data store attached to a step, and the way to attach others. */
export function AppsRow({ step }: { readonly step: Step }) {
  const { view } = useEditor();
  const readOnly = useReadOnly();
  return (
    <div className={styles.row}>
      {step.apps.map((attached) => (
        <AppChip key={attached.app} stepId={step.id} attached={attached} />
      ))}
      {step.dataStore !== null && <DataStoreChip stepId={step.id} attached={step.dataStore} />}
      <button
        type="button"
        className={styles.add}
        disabled={readOnly}
        onClick={() => view.getState().openAddApp(step.id)}
      >
        <Plus size={14} aria-hidden /> Add app
      </button>
      {step.dataStore === null && <AddDataStore stepId={step.id} />}
    </div>
  );
}
