import { RenameDialog } from "../ui/index.ts";
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
export function RenameAccountDialog({ account, others, open, onClose }: RenameAccountDialogProps) {
  const { store } = useAccountServices();
  if (!open) return null;
  return (
    <RenameDialog
      title={`Rename ${account.name}`}
      label="Account name"
      name={account.name}
      confirmLabel="Save"
      check={(name) => checkAccountName(name, others)}
      onRename={(name) => store.getState().rename(account.id, name)}
      onClose={onClose}
    />
  );
}
