import type { ReactNode } from "react";
import styles from "./add.module.css";

export interface HighlightedProps {
  readonly text: string;
  /** Parts to mark, in order, not overlapping. */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

/** Text with the parts marked that a search has found. */
export function Highlighted({ text, ranges }: HighlightedProps) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start > at) parts.push(text.slice(at, start));
    parts.push(
      <mark key={start} className={styles.mark}>
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return <span>{parts}</span>;
}
