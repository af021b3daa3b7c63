import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactNode } from "react";
import styles from "./Button.module.css";
import { Button, type ButtonProps } from "./Button.tsx";
import { cx } from "./cx.ts";
import { tooltipHandle } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ButtonProps, "children"> {
  /** Its accessible name, shown as a tooltip too. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Keys that do the same, as written for people: `Ctrl+Z`. Shown in the tooltip. */
  readonly shortcut?: string | undefined;
}

/** A button that shows only an icon. Its tooltip is drawn by the one host in `<Toaster />`. */
export function IconButton({
  label,
  icon,
  shortcut,
  variant = "ghost",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip.Trigger
      handle={tooltipHandle}
      payload={shortcut === undefined ? label : `${label} (${shortcut})`}
      render={
        <Button {...rest} variant={variant} aria-label={label} className={cx(styles.icon, className)}>
          {icon}
        </Button>
      }
    />
  );
}
