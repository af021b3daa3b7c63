import { ArrowDown, Copy, Download } from "lucide-react";
import { useLayoutEffect, useRef } from "react";
import { downloadBlob, fileNameOf } from "../../../lib/download.ts";
import { countOf } from "../../../lib/format.ts";
import type { LogView } from "../../../runs/index.ts";
import { Button } from "../../../ui/index.ts";
import { copy } from "../clipboard.ts";
import styles from "../results.module.css";
import { LogRow } from "./LogRow.tsx";
import { allText } from "./log-text.ts";
import { useFollowEnd } from "./use-follow-end.ts";
import { isShort, useLogRows } from "./use-log-rows.ts";
import { useSteadyRows } from "./use-steady-rows.ts";

export interface LogsProps {
  readonly stepName: string;
  /** The same object grows while the step runs; whoever renders this does so anew after each batch. */
  readonly log: LogView;
  readonly running: boolean;
}

/** Which lines that are not shown can still be had. */
const downloadNotes: Readonly<Record<LogView["downloadHas"], string>> = {
  all: "The download has all of them.",
  ends: "The download has the first 512 MB of the output, and the lines shown here.",
  view: "The others were not stored with the result.",
};

/** The step's output, oldest first. Of a long one, only the rows in view are in the document. */
export function Logs({ stepName, log, running }: LogsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { following, follow, settle, handlers } = useFollowEnd(scroller, running);
  const { length, dropped, total } = log;
  const short = isShort(log);
  const rows = useLogRows(scroller, log, { following, enabled: !short });
  const inDownload = log.downloadHas !== "view";
  const height = rows.getTotalSize();
  useSteadyRows(scroller, !following, { dropped, total, height });
  // Behind what the virtualizer does.
  useLayoutEffect(settle);

  if (length === 0) {
    return <p className={styles.nothing}>{running ? "No output yet." : "The step printed nothing."}</p>;
  }
  return (
    <div className={styles.logs}>
      {(dropped > 0 || log.downloadHas === "ends") && (
        <p className={styles.note}>
          {dropped > 0 && `Showing the last ${countOf(length, "line")} of ${total.toLocaleString("en")}. `}
          {downloadNotes[log.downloadHas]}
        </p>
      )}
      <div
        ref={scroller}
        className={styles.out}
        role="log"
        aria-live="off"
        aria-label={`Logs of ${stepName}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        {...handlers}
      >
        {short ? (
          Array.from({ length }, (_, index) => dropped + index).map((number) => (
            <LogRow key={number} line={log.at(number - dropped)} inDownload={inDownload} />
          ))
        ) : (
          <div style={{ height, position: "relative" }}>
            {rows.getVirtualItems().map((row) => (
              <div
                key={row.key}
                ref={rows.measureElement}
                data-index={row.index}
                className={styles.virtual}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <LogRow line={log.at(row.index)} inDownload={inDownload} />
              </div>
            ))}
          </div>
        )}
      </div>
      <div className={styles.tools}>
        {!following && (
          <Button size="s" onClick={follow}>
            <ArrowDown size={13} aria-hidden /> Jump to latest
          </Button>
        )}
        <Button size="s" variant="ghost" onClick={() => void copy(allText(log), "log")}>
          <Copy size={13} aria-hidden /> Copy log
        </Button>
        <Button
          size="s"
          variant="ghost"
          onClick={() => downloadBlob(fileNameOf(`${stepName} log`, "txt"), log.downloadText())}
        >
          <Download size={13} aria-hidden /> Download log
        </Button>
      </div>
    </div>
  );
}
