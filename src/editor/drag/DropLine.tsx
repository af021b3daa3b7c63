import { cx } from "../../ui/index.ts";
import type { DropView } from "../view.ts";
import styles from "./drag.module.css";

/** Where the dragged step would go, and what speaks against it. */
export function DropLine({ drop: { top, hint } }: { readonly drop: DropView }) {
  return (
    <div className={cx(styles.line, hint !== null && styles.late)} style={{ top }}>
      {hint !== null && <span className={styles.hint}>{hint}</span>}
    </div>
  );
}
