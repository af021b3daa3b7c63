import type { ReactNode } from "react";
import styles from "./layout.module.css";

export interface PageProps {
  readonly title: string;
  readonly actions?: ReactNode | undefined;
  readonly children: ReactNode;
}

/** Frame of a list page: heading, actions at its right, content below. */
export function Page({ title, actions, children }: PageProps) {
  return (
    <div className={styles.page}>
      <header className={styles.pageHead}>
        <h1 className={styles.pageTitle}>{title}</h1>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
