import { useId } from "react";
import type { Schedule } from "../../workflow/index.ts";
import styles from "./trigger.module.css";

type Cron = Extract<Schedule, { kind: "cron" }>;

export interface CronFieldsProps {
  readonly schedule: Cron;
  /** What is wrong with it. */
  readonly problem: string | null;
  readonly readOnly: boolean;
  readonly onChange: (schedule: Cron) => void;
}

/** A cron expression and its time zone. */
export function CronFields({ schedule, problem, readOnly, onChange }: CronFieldsProps) {
  const zones = useId();
  return (
    <>
      <input
        className={styles.cron}
        aria-label="Cron expression"
        aria-invalid={problem !== null || undefined}
        placeholder="0 9 * * 1-5"
        title="Minute, hour, day of the month, month, day of the week"
        spellCheck={false}
        value={schedule.expression}
        readOnly={readOnly}
        onChange={(event) => onChange({ ...schedule, expression: event.target.value })}
      />
      <input
        className={styles.zone}
        aria-label="Time zone"
        list={zones}
        spellCheck={false}
        value={schedule.timeZone}
        readOnly={readOnly}
        onChange={(event) => onChange({ ...schedule, timeZone: event.target.value })}
      />
      <datalist id={zones}>
        {["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
