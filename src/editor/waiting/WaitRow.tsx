import { FastForward, Hourglass, PauseCircle, Play, RotateCw, X } from "lucide-react";
import { useState } from "react";
import type { RunStore, WaitingRun } from "../../runs/index.ts";
import { Button } from "../../ui/index.ts";
import { useNow } from "../card/use-now.ts";
import { ResumeDialog } from "./ResumeDialog.tsx";
import { afterText, leftText, waitText } from "./wait-text.ts";
import styles from "./waiting.module.css";

const ICONS = { delay: Hourglass, suspend: PauseCircle, rerun: RotateCw };

export interface WaitRowProps {
  readonly run: WaitingRun;
  readonly runs: RunStore;
  /** It goes on as soon as what runs now is over. */
  readonly goingOn: boolean;
  /** The step it waits after, where that isn't clear from its place. */
  readonly stepName?: string | undefined;
}

/** One run that waits: until when, and Skip or Resume, and Cancel. */
export function WaitRow({ run, runs, goingOn, stepName }: WaitRowProps) {
  const [resuming, setResuming] = useState(false);
  const { resume, cancel } = runs.getState();
  const Icon = ICONS[run.kind];
  return (
    <li className={styles.row}>
      <Icon size={15} aria-hidden className={styles.icon} />
      <div className={styles.text}>
        <strong>{waitText(run)}</strong>
        {stepName !== undefined && (
          <>
            {" "}
            after <code>{stepName}</code>
          </>
        )}
        <span className={styles.facts}>
          {goingOn ? (
            "goes on when what runs now is over"
          ) : (
            <>
              {afterText(run)} · <Left due={run.due} />
            </>
          )}
        </span>
      </div>
      <div className={styles.actions}>
        {run.kind === "suspend" ? (
          <Button size="s" disabled={goingOn} onClick={() => setResuming(true)}>
            <Play size={13} aria-hidden /> Resume…
          </Button>
        ) : (
          <Button
            size="s"
            disabled={goingOn}
            title={run.kind === "rerun" ? "Run the step again now" : "Go on now"}
            onClick={() => resume(run.runId)}
          >
            <FastForward size={13} aria-hidden /> Skip
          </Button>
        )}
        <Button size="s" variant="ghost" title="End this run" onClick={() => void cancel(run.runId)}>
          <X size={13} aria-hidden /> Cancel
        </Button>
      </div>
      {resuming && (
        <ResumeDialog
          onClose={() => setResuming(false)}
          onResume={(data) => {
            setResuming(false);
            resume(run.runId, data);
          }}
        />
      )}
    </li>
  );
}

/** Counts down without being read out every second. */
function Left({ due }: { readonly due: number }) {
  const now = useNow(1000);
  return <span aria-hidden>{leftText(due, now)}</span>;
}
