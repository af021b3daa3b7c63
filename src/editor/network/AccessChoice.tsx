import { useId } from "react";
import { cx } from "../../ui/index.ts";
import styles from "./network.module.css";

export interface AccessChoiceProps {
  /** The host as it is shown. */
  readonly host: string;
  /** Null: neither; it is asked about. */
  readonly decision: "allow" | "deny" | null;
  readonly onChange: (decision: "allow" | "deny") => void;
  /** Takes the focus when the dialog opens. */
  readonly first: boolean;
}

const choices = [
  ["allow", "Allow"],
  ["deny", "Deny"],
] as const;

/** Allow or deny, side by side; the browser's own radio buttons, so that arrows change it. */
export function AccessChoice({ host, decision, onChange, first }: AccessChoiceProps) {
  const name = useId();
  return (
    <fieldset className={styles.choice} aria-label={`Access to ${host}`}>
      {choices.map(([value, label]) => (
        <label key={value} className={cx(styles.option, styles[value])}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={decision === value}
            onChange={() => onChange(value)}
            data-first={(first && (decision ?? "allow") === value) || undefined}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
