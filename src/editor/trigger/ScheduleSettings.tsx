import { cx } from "../../ui/index.ts";
import { type Schedule, type ScheduleTrigger, setSchedule, setTriggerRuns } from "../../workflow/index.ts";
import { useEditor, useReadOnly, useTriggers } from "../services.ts";
import { CronFields } from "./CronFields.tsx";
import { IntervalFields } from "./IntervalFields.tsx";
import { Switch } from "./Switch.tsx";
import styles from "./trigger.module.css";
import { dueWords, skippedWords } from "./words.ts";

/** When a schedule is due, the next times, and whether it is on. */
export function ScheduleSettings({ trigger }: { readonly trigger: ScheduleTrigger }) {
  const { document } = useEditor();
  const { due, problem, elsewhere, skipped } = useTriggers((state) => state.schedule);
  const readOnly = useReadOnly();
  const { schedule, enabled } = trigger;
  const set = (next: Schedule) =>
    document.getState().apply((workflow) => setSchedule(workflow, next), { mergeKey: "schedule" });
  return (
    <div className={styles.settings}>
      <div className={styles.fields}>
        <select
          className={styles.select}
          aria-label="Kind of schedule"
          value={schedule.kind}
          disabled={readOnly}
          onChange={(event) =>
            set(event.target.value === "cron" ? newCron() : { kind: "interval", seconds: 3600 })
          }
        >
          <option value="interval">Every</option>
          <option value="cron">Cron</option>
        </select>
        {schedule.kind === "interval" ? (
          <IntervalFields seconds={schedule.seconds} readOnly={readOnly} onChange={set} />
        ) : (
          <CronFields schedule={schedule} problem={problem} readOnly={readOnly} onChange={set} />
        )}
      </div>
      {problem === null ? (
        due.length > 0 && (
          <p className={styles.help}>
            {enabled && !elsewhere ? "Next" : "Would be due"}: {due.map(dueWords).join(" · ")}
          </p>
        )
      ) : (
        <p className={cx(styles.state, styles.bad)} role="alert">
          {problem}
        </p>
      )}
      <Switch
        label="Run on schedule"
        checked={enabled}
        disabled={readOnly}
        onChange={(on) => document.getState().apply((workflow) => setTriggerRuns(workflow, on))}
        help="Runs while this workflow is open in a tab, and only then: what is due while it is closed is not made up for."
      />
      {elsewhere && <p className={styles.help}>Another tab with this workflow runs the schedule.</p>}
      {skipped && (
        <p className={styles.help} role="status">
          {skippedWords(skipped)}
        </p>
      )}
    </div>
  );
}

function newCron(): Schedule {
  return {
    kind: "cron",
    expression: "0 9 * * 1-5",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}
