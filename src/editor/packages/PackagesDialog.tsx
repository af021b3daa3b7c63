import { Copy, Package, RefreshCw, Square } from "lucide-react";
import { useStore } from "zustand";
import type { PackageUpdate } from "../../runs/index.ts";
import { Button, Dialog, EmptyState, Spinner, toast } from "../../ui/index.ts";
import type { EditorServices } from "../services.ts";
import { PackageTable } from "./PackageTable.tsx";
import styles from "./packages.module.css";
import { requirementsText } from "./requirements-text.ts";
import { UpdateResult } from "./UpdateResult.tsx";

interface PackagesDialogProps {
  readonly services: Pick<EditorServices, "document" | "runs">;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What the last update came to; null: none was made while the dialog has been open. */
  readonly update: PackageUpdate | null;
  readonly onUpdate: (update: PackageUpdate | null) => void;
}

/** What the steps import, in the versions that every run installs; *Update packages* takes those of today. */
export function PackagesDialog({ services, open, onOpenChange, update, onUpdate }: PackagesDialogProps) {
  const { document, runs } = services;
  const workflow = useStore(document, (state) => state.workflow);
  const readOnly = useStore(document, (state) => state.readOnly);
  const running = useStore(runs, (state) => state.running);
  const phase = useStore(runs, (state) => state.updatePhase);
  const { packages, steps } = workflow;
  const updating = running?.kind === "packages";

  const startUpdate = async () => {
    onUpdate(null);
    onUpdate(await runs.getState().updatePackages());
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(requirementsText(packages));
      toast("Copied", { tone: "ok" });
    } catch {
      toast("The browser did not allow copying.", { tone: "bad" });
    }
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Packages"
      size="l"
      icon={<Package size={18} aria-hidden className={styles.titleIcon} />}
      description="What your steps import. Every run installs exactly these versions, until you update them."
      footer={
        <>
          <Button disabled={packages.length === 0} onClick={() => void copy()}>
            <Copy size={14} aria-hidden /> Copy as requirements.txt
          </Button>
          {updating ? (
            <Button onClick={() => runs.getState().stop()}>
              <Square size={13} aria-hidden /> Stop
            </Button>
          ) : (
            <Button
              variant="primary"
              disabled={readOnly || running !== null || steps.length === 0}
              title={whyNot(readOnly, running !== null, steps.length)}
              onClick={() => void startUpdate()}
            >
              <RefreshCw size={14} aria-hidden /> Update packages
            </Button>
          )}
        </>
      }
    >
      <div className={styles.content}>
        {updating && (
          <div className={styles.progress}>
            <Spinner label="Updating packages" />
            <span role="status">{phase}</span>
          </div>
        )}
        {update && !updating && (
          <UpdateResult
            update={update}
            onUndo={() => {
              document.getState().undo();
              onUpdate(null);
            }}
          />
        )}
        {packages.length === 0 ? (
          <EmptyState title="No packages yet">
            Import one in a step and test it: what is needed is installed before the step runs, and its
            version is kept here.
          </EmptyState>
        ) : (
          <PackageTable workflow={workflow} />
        )}
      </div>
    </Dialog>
  );
}

function whyNot(readOnly: boolean, running: boolean, steps: number): string | undefined {
  if (readOnly) return "This workflow is read-only";
  if (running) return "Wait until the run is over";
  return steps === 0 ? "There is no step yet" : undefined;
}
