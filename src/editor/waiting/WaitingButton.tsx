import { Hourglass } from "lucide-react";
import { useStore } from "zustand";
import { countOf } from "../../lib/format.ts";
import { Button, Dialog, List } from "../../ui/index.ts";
import { type EditorServices, stepOf } from "../services.ts";
import { WaitRow } from "./WaitRow.tsx";
import styles from "./waiting.module.css";

/** In the header while runs of the workflow wait: how many, and all of them in a dialog. */
export function WaitingButton({
  services,
}: {
  readonly services: Pick<EditorServices, "document" | "runs" | "view">;
}) {
  const { document, runs, view } = services;
  const waiting = useStore(runs, (state) => state.waiting);
  const goingOn = useStore(runs, (state) => state.goingOn);
  const workflow = useStore(document, (state) => state.workflow);
  const open = useStore(view, (state) => state.dialog === "waiting");
  const { openDialog, closeDialog } = view.getState();
  const nameOf = (stepId: string) => stepOf(workflow, stepId)?.name ?? "a step that was removed";
  return (
    <>
      {waiting.length > 0 && (
        <Button
          className={styles.inHeader}
          size="s"
          variant="ghost"
          title={waiting.length === 1 ? "A run of this workflow waits" : "Runs of this workflow wait"}
          onClick={() => openDialog("waiting")}
        >
          <Hourglass size={14} aria-hidden /> {waiting.length} waiting
        </Button>
      )}
      {/* The last one goes while it is open: it closes by itself. */}
      <Dialog
        open={open && waiting.length > 0}
        onOpenChange={(next) => !next && closeDialog()}
        title="Runs that wait"
        description={`${countOf(waiting.length, "run")} of this workflow. They go on while the workflow is open in a tab, or when it is opened again.`}
        size="l"
      >
        <List className={styles.list}>
          {waiting.map((run) => (
            <WaitRow
              key={run.runId}
              run={run}
              runs={runs}
              goingOn={goingOn.includes(run.runId)}
              stepName={nameOf(run.stepId)}
            />
          ))}
        </List>
      </Dialog>
    </>
  );
}
