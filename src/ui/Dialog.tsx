import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
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
  /** What gets the focus when it opens; the first field otherwise. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}

/** A modal dialog with a heading. Escape and the veil close it; focus returns to what had it before. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = "m", icon, initialFocus } = props;
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={styles.veil} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup className={cx(styles.popup, styles[size])} initialFocus={initialFocus}>
            <header className={styles.head}>
              {icon}
              <Base.Title className={styles.title}>{title}</Base.Title>
              <Base.Close render={<IconButton label="Close" icon={<X size={16} />} />} />
            </header>
            {description !== undefined && (
              <Base.Description className={styles.description} render={<div />}>
                {description}
              </Base.Description>
            )}
            {children !== undefined && <div className={styles.body}>{children}</div>}
            {footer !== undefined && <footer className={styles.footer}>{footer}</footer>}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
