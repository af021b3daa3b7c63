import type { ComponentProps } from "react";
import styles from "./Badge.module.css";
import { cx } from "./cx.ts";

export interface BadgeProps extends ComponentProps<"span"> {
  readonly tone: "ok" | "bad" | "run" | "warn" | "muted";
}

/** A small rounded label. */
export function Badge({ tone, className, ...rest }: BadgeProps) {
  return <span {...rest} className={cx(styles.badge, styles[tone], className)} />;
}
