import { FileInput, Trash2 } from "lucide-react";
import { useEffect } from "react";
import { formatDuration } from "../../lib/format.ts";
import type { PastRun } from "../../runs/index.ts";
import { Button, IconButton, toast } from "../../ui/index.ts";
import { forgetModels } from "../code/index.ts";
import { useEditor, useReadOnly } from "../services.ts";
import { deleteRun, restoreRun, takeEvent } from "./actions.ts";
import { HistoryBanner } from "./HistoryBanner.tsx";
import styles from "./history.module.css";
import { PastStepCard } from "./PastStepCard.tsx";
import { PastTriggerCard } from "./PastTriggerCard.tsx";
import { StatusIcon } from "./StatusIcon.tsx";
import { kindOf, statusWord, whenOf } from "./words.ts";

/** The cards of a run as they were: event, code, logs, exports, network, inputs. */
export function PastRunView({ run }: { readonly run: PastRun }) {
  const editor = useEditor();
  const { history, view } = editor;
  const readOnly = useReadOnly();
  const { summary, trigger, steps } = run;
  const prefix = `past-${summary.id.replace(" ", "-")}-`;
  const remove = async () => {
    const deleted = await deleteRun(history, summary.id);
    view.getState().showHistory(null);
    toast("Deleted the run", {
      action: deleted ? { label: "Undo", onClick: () => restoreRun(history, deleted) } : undefined,
    });
  };
  useEffect(() => () => forgetModels(prefix), [prefix]);
  return (
    <>
      <HistoryBanner
        title={`Run of ${whenOf(summary.startedAt, Date.now())}`}
        actions={
          <>
            <IconButton label="Delete this run" icon={<Trash2 size={15} />} onClick={() => void remove()} />
            <Button
              disabled={readOnly || trigger.eventText === null}
              onClick={() => takeEvent(editor, trigger)}
            >
              <FileInput size={14} aria-hidden /> Use as test event
            </Button>
          </>
        }
      >
        <StatusIcon status={summary.status} />
        {kindOf(summary)} · {statusWord(summary.status)} · {formatDuration(summary.durationMs)}
      </HistoryBanner>
      <div className={styles.cards}>
        <PastTriggerCard trigger={trigger} codeId={`${prefix}event`} />
        {steps.map((past) => (
          <PastStepCard key={past.step.id} past={past} codeId={`${prefix}${past.step.id}`} />
        ))}
      </div>
    </>
  );
}
