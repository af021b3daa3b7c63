import { lazy, Suspense } from "react";
import styles from "./code.module.css";

export interface CodeDiffProps {
  /** Stable key of the two texts. */
  readonly id: string;
  readonly language: "python" | "json";
  /** Accessible name. */
  readonly label: string;
  readonly older: string;
  readonly newer: string;
}

const LazyDiff = lazy(async () => ({ default: (await import("./MonacoDiff.tsx")).MonacoDiff }));

/** What differs between two texts; neither can be edited. */
export function CodeDiff(props: CodeDiffProps) {
  return (
    <div className={styles.frame}>
      <Suspense fallback={<div className={styles.diff} />}>
        <LazyDiff {...props} />
      </Suspense>
    </div>
  );
}
