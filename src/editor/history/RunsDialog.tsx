import { GitCompareArrows, History, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { formatBytes } from "../../lib/format.ts";
import {
  type DeletedRun,
  MAX_RUNS,
  MAX_TOTAL,
  type PastRunStatus,
  type PastRunSummary,
} from "../../runs/index.ts";
import { Banner, Button, ConfirmDialog, Dialog, EmptyState, Spinner, toast } from "../../ui/index.ts";
import { comparisonOf, deleteRun, type HistoryServices, restoreRun, takeEventOf } from "./actions.ts";
import styles from "./history.module.css";
import { RunList } from "./RunList.tsx";
import { statusWord, whenOf } from "./words.ts";

type Filter = PastRunStatus | "all";
const filters: readonly PastRunStatus[] = ["success", "failed", "stopped", "exited", "waiting"];

/** The last runs of the workflow: open one, compare two, take one's event. */
export function RunsDialog({ services }: { readonly services: HistoryServices }) {
  const { history, view } = services;
  const runs = useStore(history, (state) => state.runs);
  const problem = useStore(history, (state) => state.problem);
  const [filter, setFilter] = useState<Filter>("all");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [deleted, setDeleted] = useState<DeletedRun | null>(null);
  const [clearing, setClearing] = useState(false);
  const readOnly = useStore(services.document, (state) => state.readOnly);
  useEffect(() => void history.getState().load(), [history]);

  const { closeDialog, showHistory } = view.getState();
  const all = runs ?? [];
  const shown = all.filter(({ status }) => filter === "all" || status === filter);
  const present = all.filter(({ id }) => chosen.includes(id));
  const choose = ({ id }: PastRunSummary) =>
    // The third takes the place of the one that was chosen first.
    setChosen(
      chosen.includes(id)
        ? chosen.filter((one) => one !== id)
        : [...present.map((run) => run.id), id].slice(-2),
    );

  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title="Runs"
      size="l"
      icon={<History size={18} aria-hidden className={styles.titleIcon} />}
      description={`The last ${MAX_RUNS} runs of this workflow, up to ${formatBytes(MAX_TOTAL)}, are kept in this browser.`}
      initialFocus={(popup) => popup.querySelector<HTMLElement>("[data-run]")}
      footer={
        <>
          <Button variant="ghost" disabled={all.length === 0} onClick={() => setClearing(true)}>
            <Trash2 size={14} aria-hidden /> Clear all
          </Button>
          <Button
            variant="primary"
            disabled={present.length !== 2}
            title={present.length === 2 ? undefined : "Choose two runs to compare"}
            onClick={() => showHistory(comparisonOf(present))}
          >
            <GitCompareArrows size={14} aria-hidden /> Compare
          </Button>
        </>
      }
    >
      {problem !== null && <Banner tone="bad">The runs can't be read: {problem}</Banner>}
      {deleted && (
        <p className={styles.deleted} role="status">
          Deleted the run of {whenOf(deleted.summary.startedAt, Date.now())}.
          <Button
            size="s"
            onClick={() => {
              restoreRun(history, deleted);
              setDeleted(null);
            }}
          >
            Undo
          </Button>
        </p>
      )}
      {runs === null && problem === null && <Spinner label="Reading the runs" />}
      {runs !== null && all.length === 0 && (
        <EmptyState title="No runs yet">
          Test a step or the workflow. Its code, logs and exports as they were are kept here.
        </EmptyState>
      )}
      {all.length > 0 && (
        <>
          <label className={styles.filter}>
            Status
            <select value={filter} onChange={(event) => setFilter(event.target.value as Filter)}>
              <option value="all">All ({all.length})</option>
              {filters.map((status) => {
                const count = all.filter((run) => run.status === status).length;
                return (
                  <option key={status} value={status} disabled={count === 0}>
                    {statusWord(status)} ({count})
                  </option>
                );
              })}
            </select>
          </label>
          {shown.length === 0 ? (
            <p className={styles.nothing}>No run ended that way.</p>
          ) : (
            <RunList
              runs={shown}
              chosen={present.map(({ id }) => id)}
              onChoose={choose}
              onOpen={({ id }) => showHistory({ kind: "run", id })}
              onUseEvent={readOnly ? null : ({ id }) => void takeEventOf(services, id)}
              onDelete={({ id }) => void deleteRun(history, id).then(setDeleted)}
            />
          )}
        </>
      )}
      <ConfirmDialog
        open={clearing}
        onOpenChange={setClearing}
        title="Clear all runs?"
        confirmLabel="Clear all"
        danger
        onConfirm={() => {
          setDeleted(null);
          void history
            .getState()
            .clear()
            .catch((error: unknown) => toast(`The runs could not be cleared: ${error}`, { tone: "bad" }));
        }}
      >
        What each run logged and exported goes, and can't be brought back. The last result of each step stays
        on its card.
      </ConfirmDialog>
    </Dialog>
  );
}
