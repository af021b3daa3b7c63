import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, Copy, Download } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { downloadBlob, fileNameOf } from "../../../lib/download.ts";
import { countOf } from "../../../lib/format.ts";
import type { LogView } from "../../../runs/index.ts";
import { Button } from "../../../ui/index.ts";
import { copy } from "../clipboard.ts";
import styles from "../results.module.css";
import { LogRow } from "./LogRow.tsx";
import { allText } from "./log-text.ts";

export interface LogsProps {
  readonly stepName: string;
  /** The same object grows while the step runs; whoever renders this does so anew after each batch. */
  readonly log: LogView;
  readonly running: boolean;
}

const rowHeight = 19;
/** Closer to the end than this many pixels: new lines keep the end in view. */
const followWithin = 24;

/** The step's output, oldest first. Only the rows in view are in the document, however long the log is. */
export function Logs({ stepName, log, running }: LogsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  // Only a person's hand ends following. Being off the end says nothing (lines may have come since this scrolled there), and the
  // virtualizer scrolls as well, when a row turns out higher than was guessed.
  const byHand = useRef(false);
  const lastTop = useRef(0);
  const touched = () => {
    byHand.current = true;
  };
  const { length, dropped, total } = log;
  const rows = useVirtualizer({
    count: length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => dropped + index,
  });

  const height = rows.getTotalSize();
  // Not the virtualizer's own way there: it goes on correcting towards a row that is long past.
  const toEnd = () => {
    const at = scroller.current;
    if (at) at.scrollTop = at.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when lines have come, not when `toEnd` is made anew
  useLayoutEffect(() => {
    if (!following) return;
    byHand.current = false;
    toEnd();
  }, [total, height, following]);

  if (length === 0) {
    return <p className={styles.nothing}>{running ? "No output yet." : "The step printed nothing."}</p>;
  }
  return (
    <div className={styles.logs}>
      {dropped > 0 && (
        <p className={styles.note}>
          Showing the last {countOf(length, "line")} of {total.toLocaleString("en")}. The download has all of
          them.
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
        onScroll={({ currentTarget: at }) => {
          const wentUp = at.scrollTop < lastTop.current;
          lastTop.current = at.scrollTop;
          if (at.scrollHeight - at.scrollTop - at.clientHeight < followWithin) setFollowing(true);
          else if (wentUp && (byHand.current || at.scrollTop === 0)) setFollowing(false);
        }}
        onWheel={touched}
        onTouchMove={touched}
        onPointerDown={touched}
        onKeyDown={touched}
      >
        <div style={{ height, position: "relative" }}>
          {rows.getVirtualItems().map((row) => (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              className={styles.virtual}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <LogRow line={log.at(row.index)} />
            </div>
          ))}
        </div>
      </div>
      <div className={styles.tools}>
        {!following && (
          <Button
            size="s"
            onClick={() => {
              setFollowing(true);
              toEnd();
            }}
          >
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
