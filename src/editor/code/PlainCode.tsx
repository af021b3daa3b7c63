import styles from "./code.module.css";
import { heightOf, lineCount } from "./metrics.ts";

export interface PlainCodeProps {
  readonly label: string;
  readonly value: string;
}

/** The code as plain text, of the same size as the editor that takes its place when it comes near the view or is focused. */
export function PlainCode({ label, value }: PlainCodeProps) {
  const lines = lineCount(value);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section in every card would crowd the list of landmarks
    <div
      className={styles.plain}
      style={{ height: heightOf(lines) }}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the editor must be reached by Tab before it is there
      tabIndex={0}
    >
      <div className={styles.numbers} aria-hidden>
        {Array.from({ length: lines }, (_, index) => index + 1).join("\n")}
      </div>
      <pre className={styles.text}>{value}</pre>
    </div>
  );
}
