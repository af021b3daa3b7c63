import type { ReactNode } from "react";
import styles from "./layout.module.css";

/** A key or a chord. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}
