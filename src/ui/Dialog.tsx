import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { cx } from "./cx.ts";
import styles from "./Dialog.module.css";
import { IconButton } from "./IconButton.tsx";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The dialog's accessible name. */
  readonly title: string;
  readonly description?: ReactNode | undefined;
  readonly children?: ReactNode | undefined;
  /** Buttons at the bottom right. */
  readonly footer?: ReactNode | undefined;
  readonly size?: "s" | "m" | "l" | undefined;
  /** What is drawn before the title. */
  readonly icon?: ReactNode | undefined;
  /** False: only its own buttons end it; neither Escape nor the veil, and there is no cross. */
  readonly dismissable?: boolean | undefined;
  /** What gets the focus, where that is not the first field; null: the dialog itself. */
  readonly initialFocus?: ((popup: HTMLElement) => HTMLElement | null) | undefined;
}

/**
 * A modal dialog with a heading. Focus goes to its first field, else to the first button of the footer, and returns to
 * what had it before.
 */
export function Dialog(props: DialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    children,
    footer,
    size = "m",
    icon,
    dismissable = true,
    initialFocus,
  } = props;
  const popup = useRef<HTMLDivElement>(null);
  const firstField = () => {
    if (initialFocus && popup.current) return initialFocus(popup.current) ?? popup.current;
    const field = popup.current?.querySelector<HTMLElement>(
      "[data-body] :is(input, textarea, select):not([readonly], [disabled])",
    );
    // What stands in it is a proposal or an old value: typing replaces it.
    if (field instanceof HTMLInputElement) field.select();
    return field ?? popup.current?.querySelector<HTMLElement>("[data-footer] button:not([disabled])") ?? true;
  };
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => (next || dismissable) && onOpenChange(next)}
      disablePointerDismissal={!dismissable}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.veil} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup className={cx(styles.popup, styles[size])} initialFocus={firstField} ref={popup}>
            <div className={styles.head}>
              {icon}
              <Base.Title className={styles.title}>{title}</Base.Title>
              {dismissable && <Base.Close render={<IconButton label="Close" icon={<X size={16} />} />} />}
            </div>
            {description !== undefined && (
              <Base.Description className={styles.description} render={<div />}>
                {description}
              </Base.Description>
            )}
            {children !== undefined && (
              <div className={styles.body} data-body>
                {children}
              </div>
            )}
            {footer !== undefined && (
              <div className={styles.footer} data-footer>
                {footer}
              </div>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
