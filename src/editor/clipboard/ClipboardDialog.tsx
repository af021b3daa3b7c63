import { useState } from "react";
import { Button, Dialog } from "../../ui/index.ts";
import { useEditor, useView } from "../services.ts";
import type { ClipboardView } from "../view.ts";
import styles from "./clipboard.module.css";
import { pasteText } from "./paste.ts";

/** Stands in for the clipboard where the browser does not let us at it. */
export function ClipboardDialog() {
  const { view } = useEditor();
  const clipboard = useView((state) => state.clipboard);
  const { closeClipboard } = view.getState();
  if (clipboard === null) return null;
  return clipboard.mode === "copy" ? (
    <CopyDialog clipboard={clipboard} onClose={closeClipboard} />
  ) : (
    <PasteDialog clipboard={clipboard} onClose={closeClipboard} />
  );
}

interface PartProps<Mode> {
  readonly clipboard: Extract<ClipboardView, { readonly mode: Mode }>;
  readonly onClose: () => void;
}

function CopyDialog({ clipboard: { name, text }, onClose }: PartProps<"copy">) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Copy ${name}`}
      description="The browser did not allow copying. Copy this text yourself; pasted into a workflow it is the step again."
      initialFocus={(popup) => {
        const field = popup.querySelector("textarea");
        field?.select();
        return field;
      }}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <textarea className={styles.text} aria-label="The step as text" readOnly value={text} />
    </Dialog>
  );
}

function PasteDialog({ clipboard: { index }, onClose }: PartProps<"paste">) {
  const editor = useEditor();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const paste = () => {
    const found = pasteText(editor, index, text);
    setProblem(found);
    if (found === null) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Paste step"
      description="The browser did not let Runnel read the clipboard. Paste a copied step, or Python code, here."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={text.trim() === ""} onClick={paste}>
            Add step
          </Button>
        </>
      }
    >
      <textarea
        className={styles.text}
        aria-label="Copied step or Python code"
        aria-invalid={problem !== null}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setProblem(null);
        }}
      />
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </Dialog>
  );
}
