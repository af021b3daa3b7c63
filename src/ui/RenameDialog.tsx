import { type FormEvent, useId, useState } from "react";
import { Button } from "./Button.tsx";
import { Dialog } from "./Dialog.tsx";
import { TextField } from "./TextField.tsx";

export interface RenameDialogProps {
  readonly title: string;
  /** Accessible name of the field. */
  readonly label: string;
  readonly name: string;
  readonly confirmLabel: string;
  /** What is wrong with a name, in a sentence, or null. */
  readonly check: (name: string) => string | null;
  /** What is said before the reason where it could not be done. */
  readonly failed?: string | undefined;
  /** Where it rejects, the dialog stays open and shows why. */
  readonly onRename: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for a new name; open as long as it is rendered. */
export function RenameDialog({
  title,
  label,
  name: current,
  confirmLabel,
  check,
  failed = "Not renamed",
  onRename,
  onClose,
}: RenameDialogProps) {
  const [name, setName] = useState(current);
  const [problem, setProblem] = useState<string | null>(null);
  const formId = useId();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = check(name.trim());
    setProblem(found);
    if (found !== null) return;
    try {
      await onRename(name.trim());
      onClose();
    } catch (error) {
      setProblem(`${failed}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      size="s"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary">
            {confirmLabel}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label={label}
          value={name}
          error={problem}
          required
          onChange={(next) => {
            setName(next);
            setProblem(null);
          }}
        />
      </form>
    </Dialog>
  );
}
