import { Trash2 } from "lucide-react";
import { formatAgo } from "../../lib/format.ts";
import type { HostRule } from "../../runs/index.ts";
import { IconButton } from "../../ui/index.ts";
import { AccessChoice } from "./AccessChoice.tsx";
import { hostAndPort, rangeText } from "./host-text.ts";
import styles from "./network.module.css";
import { useRestoredFocus } from "./use-restored-focus.ts";

export interface HostRowProps {
  readonly rule: HostRule;
  /** What the list says about it; null: nothing, it is asked about. */
  readonly decision: HostRule["decision"] | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The dialog was opened to decide about this one. */
  readonly wanted: boolean;
  /** Undo has just brought it back. */
  readonly restored: boolean;
  readonly onDecide: (decision: HostRule["decision"]) => void;
  readonly onRemove: () => void;
}

/** One host of the list: what it is, whether it may be reached. */
export function HostRow(props: HostRowProps) {
  const { rule, decision, now, wanted, restored, onDecide, onRemove } = props;
  const { host, port, range, by, lastUsedAt } = rule;
  const shown = hostAndPort(host, port);
  const row = useRestoredFocus(restored);
  return (
    <li ref={row} className={styles.row} data-wanted={wanted || undefined}>
      <div className={styles.rowText}>
        <code className={styles.host}>{shown}</code>
        <div className={styles.facts}>
          {range !== "public" && <span>{rangeText(range)}</span>}
          {lastUsedAt === null ? (
            <span>not used yet</span>
          ) : (
            <time dateTime={new Date(lastUsedAt).toISOString()} title={new Date(lastUsedAt).toLocaleString()}>
              used {formatAgo(lastUsedAt, now)}
            </time>
          )}
          {by === "run" && <span>{decision === null ? "asks next time" : "listed when reached"}</span>}
        </div>
      </div>
      <div className={styles.rowActions}>
        <AccessChoice host={shown} decision={decision} onChange={onDecide} first={wanted} />
        <IconButton label={`Remove ${shown}`} size="s" icon={<Trash2 size={14} />} onClick={onRemove} />
      </div>
    </li>
  );
}
