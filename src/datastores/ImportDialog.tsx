import { countOf } from "../lib/format.ts";
import { ConfirmDialog, toast } from "../ui/index.ts";
import { attempt } from "./attempt.ts";
import { useDataStoreServices } from "./context.tsx";
import styles from "./datastores.module.css";
import { type ImportPlan, runImport } from "./import-records.ts";

/** Keys that are listed; of more it is said how many. */
const LISTED = 20;

interface ImportDialogProps {
  readonly store: string;
  readonly fileName: string;
  readonly plan: ImportPlan;
  readonly onClose: () => void;
}

/** Shows what an import would do before it does. */
export function ImportDialog({ store, fileName, plan, onClose }: ImportDialogProps) {
  const { records: repository } = useDataStoreServices();
  const { records, replaced, same } = plan;
  const added = records.length - replaced.length - same;
  const run = async () => {
    const done = await attempt("The import ended early", () => runImport(repository, store, records));
    if (done) toast(`Imported ${countOf(records.length, "record")}`, { tone: "ok" });
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Import ${fileName}?`}
      confirmLabel="Import"
      danger={replaced.length > 0}
      onConfirm={() => void run()}
    >
      <ul className={styles.uses}>
        <li>{countOf(added, "new record")}</li>
        {same > 0 && <li>{countOf(same, "record")} already there, unchanged</li>}
        {replaced.length > 0 && <li>{countOf(replaced.length, "record")} would be overwritten:</li>}
      </ul>
      {replaced.length > 0 && (
        <ul className={styles.keys} aria-label="Records that would be overwritten">
          {replaced.slice(0, LISTED).map((key) => (
            <li key={key}>{key}</li>
          ))}
          {replaced.length > LISTED && <li>and {replaced.length - LISTED} more</li>}
        </ul>
      )}
    </ConfirmDialog>
  );
}
