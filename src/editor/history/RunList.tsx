import { Ellipsis, FileInput, FolderOpen, Trash2 } from "lucide-react";
import type { KeyboardEvent } from "react";
import { formatDuration } from "../../lib/format.ts";
import type { PastRunSummary } from "../../runs/index.ts";
import { IconButton, List, Menu, RowButton } from "../../ui/index.ts";
import styles from "./history.module.css";
import { StatusIcon } from "./StatusIcon.tsx";
import { kindOf, stepsOf, whenOf } from "./words.ts";

export interface RunListProps {
  readonly runs: readonly PastRunSummary[];
  /** Ids of those that are to be compared. */
  readonly chosen: readonly string[];
  readonly onChoose: (run: PastRunSummary) => void;
  readonly onOpen: (run: PastRunSummary) => void;
  /** Null: the document can't be changed. */
  readonly onUseEvent: ((run: PastRunSummary) => void) | null;
  readonly onDelete: (run: PastRunSummary) => void;
}

/** A line for each run; arrows go from one to the next. */
export function RunList({ runs, chosen, onChoose, onOpen, onUseEvent, onDelete }: RunListProps) {
  const now = Date.now();
  return (
    <List frame="dialog" pickable aria-label="Runs" onKeyDown={moveByArrows}>
      {runs.map((run) => {
        const when = whenOf(run.startedAt, now);
        return (
          <li key={run.id} className={styles.run}>
            <input
              type="checkbox"
              aria-label={`Compare run of ${when}`}
              checked={chosen.includes(run.id)}
              onChange={() => onChoose(run)}
            />
            <RowButton className={styles.open} data-run onClick={() => onOpen(run)}>
              <StatusIcon status={run.status} />
              <span className={styles.what}>
                <span className={styles.kind}>{kindOf(run)}</span>
                {run.error !== null && <span className={styles.runError}>{run.error}</span>}
              </span>
              <span className={styles.facts}>
                <time dateTime={new Date(run.startedAt).toISOString()}>{when}</time>
                <span>
                  {formatDuration(run.durationMs)} · {stepsOf(run)}
                </span>
              </span>
            </RowButton>
            <Menu
              trigger={<IconButton label={`Menu of run of ${when}`} icon={<Ellipsis size={16} />} />}
              items={[
                { label: "Open", icon: <FolderOpen size={14} />, onSelect: () => onOpen(run) },
                {
                  label: "Use as test event",
                  icon: <FileInput size={14} />,
                  disabled: onUseEvent === null,
                  onSelect: () => onUseEvent?.(run),
                },
                "separator",
                {
                  label: "Delete",
                  icon: <Trash2 size={14} />,
                  danger: true,
                  onSelect: () => onDelete(run),
                },
              ]}
            />
          </li>
        );
      })}
    </List>
  );
}

function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-run]")];
  const at = buttons.indexOf(event.target as HTMLElement);
  const next = buttons[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
