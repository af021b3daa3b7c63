import { useState } from "react";
import { LONGEST_INTERVAL, type Schedule, SHORTEST_INTERVAL } from "../../workflow/index.ts";
import styles from "./trigger.module.css";
import { type Unit, unitOf, units } from "./words.ts";

export interface IntervalFieldsProps {
  readonly seconds: number;
  readonly readOnly: boolean;
  readonly onChange: (schedule: Schedule) => void;
}

/** `15 minutes`: a number and its unit. What is no number yet stays in the field only. */
export function IntervalFields({ seconds, readOnly, onChange }: IntervalFieldsProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly unit: Unit } | null>(null);
  const unit = draft?.unit ?? unitOf(seconds);
  const text = draft?.text ?? String(seconds / unit.seconds);
  const isValid = isInterval(text, unit);

  function change(next: { readonly text: string; readonly unit: Unit }): void {
    setDraft(next);
    if (isInterval(next.text, next.unit))
      onChange({ kind: "interval", seconds: Math.round(Number(next.text) * next.unit.seconds) });
  }

  return (
    <>
      <input
        className={styles.number}
        type="number"
        min={1}
        aria-label="Interval"
        aria-invalid={!isValid || undefined}
        value={text}
        readOnly={readOnly}
        onChange={(event) => change({ text: event.target.value, unit })}
        onBlur={() => setDraft(null)}
      />
      <select
        className={styles.select}
        aria-label="Unit of the interval"
        value={unit.id}
        disabled={readOnly}
        onChange={(event) => {
          const next = units.find(({ id }) => id === event.target.value);
          if (next) change({ text, unit: next });
        }}
        onBlur={() => setDraft(null)}
      >
        {units.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </select>
    </>
  );
}

function isInterval(text: string, unit: Unit): boolean {
  const seconds = Number(text) * unit.seconds;
  return text.trim() !== "" && seconds >= SHORTEST_INTERVAL && seconds <= LONGEST_INTERVAL;
}
