import styles from "./code.module.css";
import { heightOf, lineCount } from "./metrics.ts";

export interface PlainCodeProps {
  readonly label: string;
  readonly value: string;
}

/** The code as plain text, of the same size as the editor that takes its place when the card comes near the view. */
export function PlainCode({ label, value }: PlainCodeProps) {
  const lines = lineCount(value);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section in every card would crowd the list of landmarks
    <div className={styles.plain} style={{ height: heightOf(lines) }} role="group" aria-label={label}>
      <div className={styles.numbers} aria-hidden>
        {Array.from({ length: lines }, (_, index) => index + 1).join("\n")}
      </div>
      <pre className={styles.text}>{value}</pre>
    </div>
  );
}
