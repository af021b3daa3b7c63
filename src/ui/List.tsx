import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./List.module.css";

export interface ListProps extends ComponentProps<"ul"> {
  /** Where it stands; without, it has no frame of its own. */
  readonly frame?: "page" | "dialog" | undefined;
  /** A click on a row picks it: the one below the pointer stands out. */
  readonly pickable?: boolean | undefined;
}

/** A list of rows (`li`), with a line between two of them. */
export function List({ frame, pickable, className, ...rest }: ListProps) {
  return (
    <ul
      {...rest}
      className={cx(styles.list, frame && styles[frame], pickable && styles.pickable, className)}
    />
  );
}

/** What a row of a pickable list is picked by; as wide as what else is in the row leaves it. */
export function RowButton({ className, ...rest }: ComponentProps<"button">) {
  return <button type="button" {...rest} className={cx(styles.rowButton, className)} />;
}

export interface RowTextProps {
  readonly name: ReactNode;
  /** Facts about it. */
  readonly children: ReactNode;
}

/** What a row of a list says: a name, and below it in small what else there is to know. */
export function RowText({ name, children }: RowTextProps) {
  return (
    <div className={styles.text}>
      <div className={styles.name}>{name}</div>
      <div className={styles.facts}>{children}</div>
    </div>
  );
}
