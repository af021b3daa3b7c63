import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactNode, useRef } from "react";
import { cx } from "./cx.ts";
import styles from "./Dialog.module.css";

export interface PickerDialogProps {
  readonly open: boolean;
  /** Accessible name; not drawn. */
  readonly title: string;
  /** Escape was pressed. Close it, or step back and leave it open. */
  readonly onEscape: () => void;
  /** The veil was pressed. */
  readonly onClose: () => void;
  /** What gets the focus after it has closed; by default what had it before. */
  readonly finalFocus?: (() => HTMLElement | boolean) | undefined;
  readonly children: ReactNode;
}

/** A modal dialog that is all search box and list, without a heading. */
export function PickerDialog({ open, title, onEscape, onClose, finalFocus, children }: PickerDialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  // While it fades out it goes on showing what it showed: its owner may have nothing to show any more.
  const shown = useRef(children);
  if (open) shown.current = children;
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, details) => {
        if (next) return;
        if (details.reason === "escape-key") onEscape();
        else onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.veil} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            ref={popup}
            className={cx(styles.popup, styles.picker)}
            initialFocus={() => popup.current?.querySelector("input") ?? true}
            finalFocus={finalFocus}
          >
            <Base.Title className={styles.hidden}>{title}</Base.Title>
            {open ? children : shown.current}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
