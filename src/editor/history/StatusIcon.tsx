import { CircleCheck, CircleSlash, CircleX, Clock, LogOut } from "lucide-react";
import type { PastRunStatus } from "../../runs/index.ts";
import { cx } from "../../ui/index.ts";
import styles from "./history.module.css";
import { statusWord } from "./words.ts";

const icons = { success: CircleCheck, failed: CircleX, stopped: CircleSlash, exited: LogOut, waiting: Clock };

/** How a run ended, as an icon that has its word for a name. */
export function StatusIcon({ status }: { readonly status: PastRunStatus }) {
  const Icon = icons[status];
  return (
    <span role="img" aria-label={statusWord(status)} title={statusWord(status)} className={styles.statusIcon}>
      <Icon size={17} aria-hidden className={cx(styles[status])} />
    </span>
  );
}
