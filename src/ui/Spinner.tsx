import styles from "./layout.module.css";

/** Something goes on and how far is not known. */
export function Spinner({ label }: { readonly label: string }) {
  return <span role="progressbar" aria-label={label} className={styles.spinner} />;
}
