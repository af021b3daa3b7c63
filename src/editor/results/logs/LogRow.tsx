import { memo, useState } from "react";
import { formatClock } from "../../../lib/format.ts";
import type { LogLine } from "../../../runs/index.ts";
import { cx } from "../../../ui/index.ts";
import { withMarks } from "../marks.tsx";
import styles from "../results.module.css";

/** A longer line is folded: drawing it costs more than anyone reads of it. */
export const FOLD_AFTER = 1500;

export interface LogRowProps {
  readonly line: LogLine;
  /** Whether the download has all of a huge line. */
  readonly inDownload: boolean;
}

/** One line of output with its time. */
export const LogRow = memo(function LogRow({ line, inDownload }: LogRowProps) {
  const { more = 0 } = line;
  const [unfolded, setUnfolded] = useState(false);
  const folded = !unfolded && line.text.length > FOLD_AFTER;
  return (
    <div className={cx(styles.row, line.stream === "stderr" && styles.stderr)} data-stream={line.stream}>
      <time dateTime={new Date(line.at).toISOString()}>{formatClock(line.at)}</time>
      <span className={styles.line}>
        {withMarks(folded ? line.text.slice(0, FOLD_AFTER) : line.text)}
        {folded && (
          <button type="button" className={styles.unfold} onClick={() => setUnfolded(true)}>
            … {(line.text.length - FOLD_AFTER + more).toLocaleString("en")} more characters
          </button>
        )}
        {!folded && more > 0 && (
          <span className={styles.faint}>
            … {more.toLocaleString("en")} more characters{inDownload ? ": download the log to see them" : ""}
          </span>
        )}
      </span>
    </div>
  );
});
