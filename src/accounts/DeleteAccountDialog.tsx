import { ConfirmDialog } from "../ui/index.ts";
import type { AccountSummary } from "./account-store.ts";
import styles from "./accounts.module.css";
import type { AccountUse } from "./context.tsx";

interface DeleteAccountDialogProps {
  readonly account: AccountSummary;
  /** Null: not known. */
  readonly uses: readonly AccountUse[] | null;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDelete: () => void;
}

/** Asks before an account that workflows use is deleted. */
export function DeleteAccountDialog({ account, uses, open, onClose, onDelete }: DeleteAccountDialogProps) {
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={`Delete ${account.name}?`}
      confirmLabel="Delete account"
      danger
      onConfirm={onDelete}
    >
      {uses === null ? (
        <p>It could not be found out which workflows use it. Steps that do will need another account.</p>
      ) : (
        <>
          <p>Steps of these workflows use it, and will need another account:</p>
          <ul className={styles.uses}>
            {uses.map((use) => (
              <li key={use.id}>{use.name}</li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
