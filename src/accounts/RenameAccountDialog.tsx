import { type FormEvent, useId, useState } from "react";
import { Button, Dialog, TextField } from "../ui/index.ts";
import { checkAccountName } from "./account-name.ts";
import type { AccountSummary } from "./account-store.ts";
import { useAccountServices } from "./context.tsx";

interface RenameAccountDialogProps {
  readonly account: AccountSummary;
  readonly others: readonly AccountSummary[];
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Asks for an account's new name. */
export function RenameAccountDialog(props: RenameAccountDialogProps) {
  return props.open ? <OpenRenameDialog {...props} /> : null;
}

function OpenRenameDialog({ account, others, onClose }: RenameAccountDialogProps) {
  const { store } = useAccountServices();
  const [name, setName] = useState(account.name);
  const [problem, setProblem] = useState<string | null>(null);
  const formId = useId();

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const found = checkAccountName(name.trim(), others);
    setProblem(found);
    if (found !== null) return;
    try {
      await store.getState().rename(account.id, name.trim());
      onClose();
    } catch (error) {
      setProblem(`Not renamed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Rename ${account.name}`}
      size="s"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary">
            Save
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void onSubmit(event)}>
        <TextField
          label="Account name"
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
