import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { cx } from "../ui/index.ts";
import styles from "./InlineEdit.module.css";

export interface InlineEditProps {
  /** Accessible name of the field while it is edited. */
  readonly label: string;
  /** Accessible name of the button that shows the value. */
  readonly buttonLabel: string;
  readonly value: string;
  readonly onCommit: (value: string) => void;
  /** What is wrong with a value, in a sentence, or null. */
  readonly check?: ((value: string) => string | null) | undefined;
  readonly readOnly?: boolean | undefined;
  /** Turns into its field now; `onStart` is told once it has. */
  readonly start?: boolean | undefined;
  readonly onStart?: (() => void) | undefined;
  readonly className?: string | undefined;
}

/** Text that becomes a field when clicked. Enter and leaving the field commit, Escape gives up. */
export function InlineEdit(props: InlineEditProps) {
  const {
    label,
    buttonLabel,
    value,
    onCommit,
    check,
    readOnly = false,
    start = false,
    onStart,
    className,
  } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const problem = draft === null ? null : (check?.(draft) ?? null);

  useEffect(() => {
    if (!start) return;
    setDraft(value);
    onStart?.();
  }, [start, value, onStart]);

  if (readOnly) return <span className={cx(styles.frame, className)}>{value}</span>;
  if (draft === null) {
    return (
      <span className={cx(styles.frame, className)}>
        <button
          ref={button}
          type="button"
          className={styles.shown}
          aria-label={buttonLabel}
          title={buttonLabel}
          onClick={() => setDraft(value)}
        >
          {value}
        </button>
      </span>
    );
  }

  const close = (commit: boolean, focusButton: boolean) => {
    if (commit && problem !== null) return;
    setDraft(null);
    if (commit && draft !== value) onCommit(draft);
    // The button comes back with the next render.
    if (focusButton) requestAnimationFrame(() => button.current?.focus());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") close(true, true);
    else if (event.key === "Escape") close(false, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <span className={cx(styles.frame, className)}>
      <input
        className={styles.input}
        aria-label={label}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : id}
        value={draft}
        size={Math.max(draft.length + 1, 8)}
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => close(problem === null, false)}
        onKeyDown={onKeyDown}
      />
      {problem !== null && (
        <span id={id} role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </span>
  );
}
