import { Eye, EyeOff } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { cx } from "./cx.ts";
import { IconButton } from "./IconButton.tsx";
import secret from "./SecretField.module.css";
import styles from "./TextField.module.css";

export interface SecretFieldProps {
  /** The visible label, which is the accessible name to the letter. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** False: shown as typed, without a button to hide it. */
  readonly masked?: boolean | undefined;
  /** Enter makes a new line, as it does in a value that has several lines already; Ctrl or Cmd with Enter submits. */
  readonly multiline?: boolean | undefined;
  readonly onBlur?: (() => void) | undefined;
  readonly error?: string | null | undefined;
  /** What was done to the value; read out when it changes. */
  readonly note?: string | undefined;
  readonly help?: ReactNode | undefined;
  readonly placeholder?: string | undefined;
  readonly required?: boolean | undefined;
}

const MOST_ROWS = 8;

/** Keeps password managers and their like from offering to save what is typed here. */
const UNMANAGED = {
  autoComplete: "off",
  autoCorrect: "off",
  autoCapitalize: "none",
  spellCheck: false,
  "data-1p-ignore": true,
  "data-lpignore": "true",
  "data-bwignore": true,
  "data-form-type": "other",
};

/**
 * A field for a token, a password or a key file. It is a text box to assistive technology (an input of type `password`
 * has no role) that keeps line breaks of what is pasted; dots are drawn by style, and masked text can't be copied out.
 */
export function SecretField(props: SecretFieldProps) {
  const { label, value, onChange, masked = true, multiline = false, error, note, help } = props;
  const [isShown, setShown] = useState(false);
  const id = useId();
  const invalid = error !== undefined && error !== null && error !== "";
  const isHidden = masked && !isShown;
  const lines = value.split("\n").length;
  const isTall = multiline || lines > 1;
  const described = cx(invalid && `${id}-error`, note && `${id}-note`, help !== undefined && `${id}-help`);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const submits = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
    if (!submits || (isTall && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  const onCopy = (event: ClipboardEvent): void => {
    if (isHidden) event.preventDefault();
  };

  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={cx(styles.box, invalid && styles.invalid)}>
        <textarea
          {...UNMANAGED}
          id={id}
          value={value}
          rows={isTall ? Math.min(MOST_ROWS, Math.max(lines, 3)) : 1}
          wrap={isTall ? "soft" : "off"}
          placeholder={props.placeholder}
          aria-required={props.required || undefined}
          aria-invalid={invalid || undefined}
          aria-describedby={described === "" ? undefined : described}
          className={cx(styles.input, styles.mono, secret.area, isHidden && value !== "" && secret.masked)}
          onChange={(event) => onChange(event.target.value)}
          onBlur={props.onBlur}
          onKeyDown={onKeyDown}
          onCopy={onCopy}
          onCut={onCopy}
          onDragStart={(event) => isHidden && event.preventDefault()}
        />
        {masked && value !== "" && (
          <IconButton
            label={`${isShown ? "Hide" : "Show"} ${label}`}
            icon={isShown ? <EyeOff size={15} /> : <Eye size={15} />}
            size="s"
            onClick={() => setShown(!isShown)}
          />
        )}
      </div>
      {invalid && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      <p id={`${id}-note`} className={cx(styles.help, secret.note)} aria-live="polite">
        {note}
      </p>
      {help !== undefined && (
        <div id={`${id}-help`} className={styles.help}>
          {help}
        </div>
      )}
    </div>
  );
}
