import { useEffect, useRef } from "react";
import { Button } from "../../ui/index.ts";
import styles from "./network.module.css";

export interface RemovedRowProps {
  /** What was removed, as it was shown. */
  readonly name: string;
  readonly onUndo: () => void;
}

/** Stands where something was removed until the dialog is closed. A toast would lie behind the dialog, out of reach. */
export function RemovedRow({ name, onUndo }: RemovedRowProps) {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), []);
  return (
    <li className={styles.row}>
      <p className={styles.removed} role="status">
        Removed <code>{name}</code>
      </p>
      <Button ref={undo} size="s" aria-label={`Undo: bring ${name} back`} onClick={onUndo}>
        Undo
      </Button>
    </li>
  );
}
