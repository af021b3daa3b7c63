import { Lock } from "lucide-react";
import type { Ref } from "react";
import { formatBytes, formatDuration } from "../../../lib/format.ts";
import { Badge, cx } from "../../../ui/index.ts";
import { withMarks } from "../marks.tsx";
import shared from "../results.module.css";
import type { NetworkEntry } from "./entries.ts";
import styles from "./table.module.css";
import { barOf, type Span } from "./timing.ts";

export interface NetworkRowProps {
  readonly ref: Ref<HTMLTableRowElement> | undefined;
  readonly id: string;
  readonly entry: NetworkEntry;
  readonly index: number;
  /** Of all entries. */
  readonly span: Span;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onSelect: () => void;
}

/** A line of the network table. */
export function NetworkRow({ ref, id, entry, index, span, active, selected, onSelect }: NetworkRowProps) {
  const { method, url, result, tone, sent, received, durationMs, error, exchange, connection } = entry;
  const bar = barOf(entry, span);
  return (
    <tr
      ref={ref}
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={cx(styles.row, styles.entry, active && styles.active, selected && styles.selected)}
      onClick={onSelect}
    >
      <td className={styles.method}>{withMarks(method)}</td>
      <td className={styles.address}>
        <div className={styles.url} title={url}>
          {exchange === null && connection.tls && <Lock size={11} aria-label="encrypted" />}
          {withMarks(url)}
        </div>
        {error !== null && <div className={styles.problem}>{withMarks(error)}</div>}
      </td>
      <td className={styles.status}>
        <Badge tone={tone} title={result}>
          {withMarks(result)}
        </Badge>
      </td>
      <td className={styles.size}>{formatBytes(sent)}</td>
      <td className={styles.size}>
        {received === null ? <span className={shared.faint}>–</span> : formatBytes(received)}
      </td>
      <td className={styles.time}>
        <span>{durationMs === null ? "" : formatDuration(durationMs)}</span>
        <span className={styles.track} aria-hidden>
          <span
            className={styles.waiting}
            style={{ insetInlineStart: `${bar.start}%`, width: `${bar.waiting}%` }}
          />
          <span
            className={styles.receiving}
            style={{ insetInlineStart: `${bar.start + bar.waiting}%`, width: `${bar.receiving}%` }}
          />
        </span>
      </td>
    </tr>
  );
}
