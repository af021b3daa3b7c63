import { Lock } from "lucide-react";
import { useMemo } from "react";
import { countOf, formatBytes, formatDuration } from "../../../lib/format.ts";
import { Badge } from "../../../ui/index.ts";
import { withMarks } from "../marks.tsx";
import styles from "../results.module.css";
import { type Connection, entriesOf } from "./entries.ts";

/** More lines than anyone reads would only slow the page. */
const shownEntries = 500;

export interface NetworkTableProps {
  readonly stepName: string;
  readonly network: readonly Connection[];
}

/** What the step sent and received: a line for each connection, or for each request where they can be seen. */
export function NetworkTable({ stepName, network }: NetworkTableProps) {
  const entries = useMemo(() => entriesOf(network), [network]);
  if (entries.length === 0) return <p className={styles.nothing}>The step made no connections.</p>;
  const shown = entries.slice(-shownEntries);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a section in every card would crowd the list of landmarks
    <div className={styles.tableFrame} tabIndex={0} role="group" aria-label={`Network of ${stepName}`}>
      {entries.length > shown.length && (
        <p className={styles.note}>
          Showing the last {shown.length} of {countOf(entries.length, "entry", "entries")}.
        </p>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Host</th>
            <th scope="col">Request</th>
            <th scope="col">Result</th>
            <th scope="col">Sent</th>
            <th scope="col">Received</th>
            <th scope="col">Time</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((entry) => (
            <tr key={entry.key}>
              <td>{entry.host}</td>
              <td className={styles.request}>
                {entry.request === null ? (
                  <span className={styles.faint}>
                    {entry.encrypted ? (
                      <>
                        <Lock size={11} aria-hidden /> encrypted
                      </>
                    ) : (
                      "none seen"
                    )}
                  </span>
                ) : (
                  withMarks(entry.request)
                )}
                {entry.error !== null && <div className={styles.problem}>{withMarks(entry.error)}</div>}
              </td>
              <td>
                <Badge tone={entry.tone}>{entry.result}</Badge>
              </td>
              <td>{entry.bytes === null ? "" : formatBytes(entry.bytes.out)}</td>
              <td>{entry.bytes === null ? "" : formatBytes(entry.bytes.in)}</td>
              <td>{entry.durationMs === null ? "" : formatDuration(entry.durationMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
