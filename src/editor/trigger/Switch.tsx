import { type ReactNode, useId } from "react";
import styles from "./trigger.module.css";

export interface SwitchProps {
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (on: boolean) => void;
  /** The accessible name. */
  readonly label: string;
  readonly help: ReactNode;
}

/** Turns something on or off; the browser's own checkbox, drawn as a switch. */
export function Switch({ checked, disabled, onChange, label, help }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.switchRow}>
      <input
        id={id}
        type="checkbox"
        className={styles.switch}
        checked={checked}
        disabled={disabled}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        <p id={`${id}-help`} className={styles.help}>
          {help}
        </p>
      </div>
    </div>
  );
}
