import type { ComponentProps } from "react";
import styles from "./Button.module.css";
import { cx } from "./cx.ts";

export type ButtonVariant = "primary" | "default" | "ghost" | "danger";

export interface ButtonProps extends ComponentProps<"button"> {
  readonly variant?: ButtonVariant | undefined;
  readonly size?: "m" | "s" | undefined;
}

/** A push button. `type` is `button` unless given, so that it never submits a form by accident. */
export function Button({
  variant = "default",
  size = "m",
  className,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={cx(styles.button, styles[variant], size === "s" && styles.small, className)}
    />
  );
}
