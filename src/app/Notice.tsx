import type { ReactNode } from "react";
import { EmptyState } from "../ui/index.ts";
import styles from "./shell.module.css";

/** A page that has only something to say. */
export function Notice({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={styles.notice}>
      <EmptyState title={title} action={action}>
        {children}
      </EmptyState>
    </div>
  );
}
