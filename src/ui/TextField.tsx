import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import styles from "./TextField.module.css";

export interface TextFieldProps {
  /** The visible label, which is the accessible name to the letter. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: "text" | "password" | "search" | "number" | undefined;
  /** What is wrong with the value; read out with the field. */
  readonly error?: string | null | undefined;
  readonly help?: ReactNode | undefined;
  readonly placeholder?: string | undefined;
  readonly required?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly mono?: boolean | undefined;
  readonly multiline?: boolean | undefined;
  /** Lines of a multiline one. */
  readonly rows?: number | undefined;
  readonly readOnly?: boolean | undefined;
  /** Drawn inside the field at its end, such as a button that reveals it. */
  readonly trailing?: ReactNode | undefined;
}

/** A labelled text field with help and error below. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    value,
    onChange,
    type = "text",
    error,
    help,
    mono = false,
    multiline = false,
    rows = 4,
    trailing,
  } = props;
  const id = useId();
  const invalid = error !== undefined && error !== null && error !== "";
  const describedBy = cx(invalid && `${id}-error`, help !== undefined && `${id}-help`);
  const shared = {
    id,
    value,
    placeholder: props.placeholder,
    required: props.required,
    readOnly: props.readOnly,
    autoFocus: props.autoFocus,
    autoComplete: type === "password" ? "new-password" : "off",
    spellCheck: false,
    className: cx(styles.input, mono && styles.mono),
    "aria-invalid": invalid || undefined,
    "aria-describedby": describedBy === "" ? undefined : describedBy,
    onChange: (event: { readonly target: { readonly value: string } }) => onChange(event.target.value),
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={cx(styles.box, invalid && styles.invalid)}>
        {multiline ? <textarea {...shared} rows={rows} /> : <input {...shared} type={type} />}
        {trailing}
      </div>
      {invalid && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      {help !== undefined && (
        <div id={`${id}-help`} className={styles.help}>
          {help}
        </div>
      )}
    </div>
  );
}
