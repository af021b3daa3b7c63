import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./layout.module.css";

export interface BannerProps {
  readonly tone: "info" | "warn" | "bad";
  readonly children: ReactNode;
  readonly actions?: ReactNode | undefined;
}

const icons = { info: Info, warn: TriangleAlert, bad: CircleAlert };

/** A message that stays until what it says is over; warnings and errors are read out at once. */
export function Banner({ tone, children, actions }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div className={cx(styles.banner, styles[tone])} role={tone === "info" ? undefined : "alert"}>
      <Icon size={16} aria-hidden />
      <div className={styles.bannerText}>{children}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
