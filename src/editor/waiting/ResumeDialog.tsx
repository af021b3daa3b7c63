import { useState } from "react";
import { Button, Dialog, TextField } from "../../ui/index.ts";
import { parseEvent } from "../../workflow/index.ts";
import styles from "./waiting.module.css";

/** Asks what a suspended run is given when it goes on. */
export function ResumeDialog({
  onClose,
  onResume,
}: {
  readonly onClose: () => void;
  /** JSON text. */
  readonly onResume: (data: string) => void;
}) {
  const [text, setText] = useState("{}");
  const [tried, setTried] = useState(false);
  const parsed = parseEvent(text);
  const problem = parsed.ok ? null : parsed.error;
  const submit = () => {
    setTried(true);
    if (parsed.ok) onResume(text);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Resume the run"
      description="As a request to the step's resume_url does."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={submit}>
            Resume
          </Button>
        </>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label="JSON body"
          value={text}
          onChange={setText}
          multiline
          mono
          error={
            tried && problem !== null
              ? `Line ${problem.line}, column ${problem.column}: ${problem.message}`
              : null
          }
          help={
            <>
              Later steps read it as the step's export <code>$resume_data</code>.
            </>
          }
        />
      </form>
    </Dialog>
  );
}
