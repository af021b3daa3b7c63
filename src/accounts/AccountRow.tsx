import { Ellipsis, KeyRound, Pencil, Plug, Trash2 } from "lucide-react";
import { useState } from "react";
import { formatAgo } from "../lib/format.ts";
import { Banner, Button, IconButton, Menu, type MenuItem, RowText, toast, UsedBy } from "../ui/index.ts";
import type { AccountSummary } from "./account-store.ts";
import styles from "./accounts.module.css";
import { useAccountServices } from "./context.tsx";
import { DeleteAccountDialog } from "./DeleteAccountDialog.tsx";
import { RenameAccountDialog } from "./RenameAccountDialog.tsx";
import { TestResult } from "./TestResult.tsx";
import { useAccountFacts } from "./use-account-facts.ts";
import { useConnectionTest } from "./use-connection-test.ts";

interface AccountRowProps {
  readonly account: AccountSummary;
  /** The other accounts of the app. */
  readonly others: readonly AccountSummary[];
  /** Null where the catalogue does not know the app any more. */
  readonly onReconnect: (() => void) | null;
}

/** One account: where it is used, and what can be done with it. */
export function AccountRow({ account, others, onReconnect }: AccountRowProps) {
  const { store } = useAccountServices();
  const { uses, lost } = useAccountFacts(account);
  const test = useConnectionTest(account.app);
  const [asking, setAsking] = useState<"rename" | "delete" | null>(null);

  const remove = async (): Promise<void> => {
    await attempt("deleted", () => store.getState().remove(account.id));
    toast(`Deleted ${account.name}`, {
      action: {
        label: "Undo",
        onClick: () => void attempt("brought back", () => store.getState().restore(account.id)),
      },
    });
  };
  const runTest = async (): Promise<void> => {
    await attempt("tested", async () => test.run(await store.getState().fieldsOf(account.id)));
  };
  const items: readonly MenuItem[] = [
    { label: "Rename", icon: <Pencil size={14} />, onSelect: () => setAsking("rename") },
    ...(onReconnect
      ? [
          { label: "Edit credentials", icon: <KeyRound size={14} />, onSelect: onReconnect },
          { label: "Test connection", icon: <Plug size={14} />, onSelect: () => void runTest() },
        ]
      : []),
    "separator",
    {
      label: "Delete",
      icon: <Trash2 size={14} />,
      danger: true,
      // Not known yet whether it is used: ask rather than break a workflow.
      onSelect: () => (uses?.length === 0 ? void remove() : setAsking("delete")),
    },
  ];

  return (
    <li className={styles.account}>
      <RowText name={account.name}>
        <UsedBy uses={uses} /> · connected {formatAgo(account.createdAt, Date.now())}
      </RowText>
      <Menu
        trigger={<IconButton label={`Menu of ${account.name}`} icon={<Ellipsis size={16} />} />}
        items={items}
      />
      {lost !== null && (
        <div className={styles.wide}>
          <Banner
            tone="warn"
            actions={
              onReconnect && (
                <Button size="s" onClick={onReconnect}>
                  Reconnect
                </Button>
              )
            }
          >
            {lost}
          </Banner>
        </div>
      )}
      <div className={styles.wide}>
        {test.isRunning && <span className={styles.small}>Testing the connection…</span>}
        <TestResult result={test.result} />
      </div>
      <RenameAccountDialog
        account={account}
        others={others}
        open={asking === "rename"}
        onClose={() => setAsking(null)}
      />
      <DeleteAccountDialog
        account={account}
        uses={uses}
        open={asking === "delete"}
        onClose={() => setAsking(null)}
        onDelete={() => void remove()}
      />
    </li>
  );
}

/** Says so where a change could not be made. */
async function attempt(done: string, change: () => Promise<void>): Promise<void> {
  try {
    await change();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    toast(`The account was not ${done}: ${reason}`, { tone: "bad" });
  }
}
