import { Timer } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useStore } from "zustand";
import { Button, Dialog, TextField } from "../../ui/index.ts";
import {
  LONGEST_TIME_LIMIT_SECONDS,
  SHORTEST_TIME_LIMIT_SECONDS,
  setTimeLimit,
} from "../../workflow/index.ts";
import type { EditorServices } from "../services.ts";
import styles from "./header.module.css";

/** The time limit of a step, and the dialog that sets it. */
export function TimeLimit({ document, view }: Pick<EditorServices, "document" | "view">) {
  const open = useStore(view, (state) => state.dialog === "time-limit");
  const { openDialog, closeDialog } = view.getState();
  const seconds = useStore(document, (state) => state.workflow.settings.timeLimitSeconds);
  const readOnly = useStore(document, (state) => state.readOnly);
  const set = (value: number) => {
    document.getState().apply((workflow) => setTimeLimit(workflow, value));
    closeDialog();
  };
  return (
    <>
      <Button
        variant="ghost"
        className={styles.limit}
        aria-label={`Time limit: ${seconds} s`}
        title={`A step may take ${seconds} s. Click to change.`}
        disabled={readOnly}
        onClick={() => openDialog("time-limit")}
      >
        <Timer size={15} aria-hidden /> {seconds} s
      </Button>
      <Dialog
        open={open}
        onOpenChange={closeDialog}
        title="Time limit"
        description="A step that takes longer is ended with a timeout. It holds for every step of this workflow."
        size="s"
      >
        <LimitForm seconds={seconds} onSet={set} onCancel={closeDialog} />
      </Dialog>
    </>
  );
}

interface LimitFormProps {
  readonly seconds: number;
  readonly onSet: (seconds: number) => void;
  readonly onCancel: () => void;
}

function LimitForm({ seconds, onSet, onCancel }: LimitFormProps) {
  const [text, setText] = useState(String(seconds));
  const value = Number(text);
  const valid =
    Number.isInteger(value) && value >= SHORTEST_TIME_LIMIT_SECONDS && value <= LONGEST_TIME_LIMIT_SECONDS;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) onSet(value);
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <TextField
        label="Seconds"
        type="number"
        value={text}
        onChange={setText}
        error={
          valid
            ? null
            : `Give a whole number from ${SHORTEST_TIME_LIMIT_SECONDS} to ${LONGEST_TIME_LIMIT_SECONDS}.`
        }
      />
      <div className={styles.buttons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!valid}>
          Set
        </Button>
      </div>
    </form>
  );
}
