import { type FormEvent, useId, useState } from "react";
import type { AccountSummary } from "../../accounts/index.ts";
import { Button, Dialog, TextField } from "../../ui/index.ts";
import { report } from "../actions.ts";
import { useEditor } from "../services.ts";
import styles from "./apps.module.css";

export interface RenameAccountDialogProps {
  readonly account: AccountSummary;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Gives an account another name, everywhere it is used. */
export function RenameAccountDialog({ account, open, onClose }: RenameAccountDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onClose} title="Rename account" size="s">
      <RenameForm account={account} onClose={onClose} />
    </Dialog>
  );
}

function RenameForm({ account, onClose }: Omit<RenameAccountDialogProps, "open">) {
  const { accounts } = useEditor();
  const [name, setName] = useState(account.name);
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The dialog stands in the card by React's tree: without this the card's own keys would hear it too.
    event.stopPropagation();
    if (name.trim() === "") return;
    Promise.resolve(accounts.getState().rename(account.id, name.trim())).catch(
      report("Renaming the account"),
    );
    onClose();
  };
  return (
    <form id={form} onSubmit={submit} className={styles.form}>
      <TextField
        label="Account name"
        value={name}
        onChange={setName}
        required
        error={name.trim() === "" ? "An account needs a name." : null}
      />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={name.trim() === ""}>
          Rename
        </Button>
      </div>
    </form>
  );
}
