import { RenameDialog } from "../../ui/index.ts";

interface RenameWorkflowDialogProps {
  readonly name: string;
  readonly onRename: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for a workflow's new name. */
export function RenameWorkflowDialog(props: RenameWorkflowDialogProps) {
  return (
    <RenameDialog
      {...props}
      title="Rename workflow"
      label="Workflow name"
      confirmLabel="Rename"
      check={(name) => (name === "" ? "A workflow needs a name." : null)}
    />
  );
}
