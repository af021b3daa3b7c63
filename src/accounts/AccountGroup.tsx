import { Plus } from "lucide-react";
import { useId } from "react";
import { countOf } from "../lib/format.ts";
import { AppIcon, Button, List } from "../ui/index.ts";
import { AccountRow } from "./AccountRow.tsx";
import styles from "./accounts.module.css";
import type { AppAccounts } from "./group-by-app.ts";

interface AccountGroupProps {
  readonly group: AppAccounts;
  /** Connects another account of the app, or the given one anew. */
  readonly onConnect: (accountId: string | undefined) => void;
}

/** The accounts of one app. */
export function AccountGroup({ group, onConnect }: AccountGroupProps) {
  const { app, name, accounts } = group;
  const headingId = useId();
  return (
    <section className={styles.group} aria-labelledby={headingId}>
      <header className={styles.groupHead}>
        <AppIcon name={name} color={app?.color ?? "#6b7280"} iconPath={app?.iconPath ?? null} />
        <h2 className={styles.groupName}>
          <span id={headingId}>{name}</span>
          <span className={styles.count}>{countOf(accounts.length, "account")}</span>
        </h2>
        {app !== null && (
          <Button size="s" onClick={() => onConnect(undefined)}>
            <Plus size={14} aria-hidden />
            Connect {name}
          </Button>
        )}
      </header>
      <List>
        {accounts.map((account) => (
          <AccountRow
            key={account.id}
            account={account}
            others={accounts.filter((other) => other !== account)}
            onReconnect={app === null ? null : () => onConnect(account.id)}
          />
        ))}
      </List>
    </section>
  );
}
