import type { ReactNode } from "react";
import styles from "./results.module.css";

/** What the vault puts in the place of a secret: `⟦slack.$auth.oauth_access_token⟧`. */
const mark = /⟦([^⟦⟧\n]+)⟧/gu;

/** Text with the marks of hidden secrets drawn as such. */
export function withMarks(text: string): ReactNode {
  if (!text.includes("⟦")) return text;
  const parts: ReactNode[] = [];
  let end = 0;
  for (const found of text.matchAll(mark)) {
    if (found.index > end) parts.push(text.slice(end, found.index));
    parts.push(
      <span key={found.index} className={styles.mask}>
        {found[1]}
      </span>,
      <span key={`${found.index}-hidden`} className={styles.faint}>
        {" (hidden)"}
      </span>,
    );
    end = found.index + found[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
