import { type FormEvent, useId, useState } from "react";
import { Button, Dialog, TextField } from "../../ui/index.ts";
import { messageOf } from "./message-of.ts";

interface RenameWorkflowDialogProps {
  readonly name: string;
  readonly onRename: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for a workflow's new name. */
export function RenameWorkflowDialog({ name: current, onRename, onClose }: RenameWorkflowDialogProps) {
  const [name, setName] = useState(current);
  const [problem, setProblem] = useState<string | null>(null);
  const formId = useId();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") {
      setProblem("A workflow needs a name.");
      return;
    }
    try {
      await onRename(name);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename workflow"
      size="s"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary">
            Rename
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label="Workflow name"
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
