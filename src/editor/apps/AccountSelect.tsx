import type { AccountSummary } from "../../accounts/index.ts";
import styles from "./apps.module.css";

export interface AccountSelectProps {
  readonly label: string;
  readonly accounts: readonly AccountSummary[];
  readonly selected: string | null;
  readonly disabled: boolean;
  readonly onSelect: (accountId: string | null) => void;
}

/** Picks one of an app's accounts. The browser's own control: it works everywhere, by finger and by keyboard. */
export function AccountSelect({ label, accounts, selected, disabled, onSelect }: AccountSelectProps) {
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={selected ?? ""}
      disabled={disabled}
      onChange={(event) => onSelect(event.target.value === "" ? null : event.target.value)}
    >
      <option value="">{selected === null ? "Choose an account" : "No account"}</option>
      {accounts.map((account) => (
        <option key={account.id} value={account.id}>
          {account.name}
        </option>
      ))}
    </select>
  );
}
