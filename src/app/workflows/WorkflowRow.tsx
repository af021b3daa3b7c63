import { Copy, Download, Ellipsis, FolderOpen, Pencil, Trash2 } from "lucide-react";
import { countOf, formatAgo } from "../../lib/format.ts";
import type { WorkflowSummary } from "../../storage/index.ts";
import { Badge, IconButton, Menu, type MenuItem } from "../../ui/index.ts";
import { AppIcons, appNames } from "./AppIcons.tsx";
import styles from "./workflows.module.css";

/** What can be done to one workflow of the list. */
export interface RowActions {
  onOpen(id: string): void;
  onRename(workflow: WorkflowSummary): void;
  onDuplicate(workflow: WorkflowSummary): void;
  onExport(workflow: WorkflowSummary): void;
  onDownloadRaw(workflow: WorkflowSummary): void;
  onDelete(workflow: WorkflowSummary): void;
}

interface WorkflowRowProps extends RowActions {
  readonly workflow: WorkflowSummary;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** It asks before it reaches anything but its apps. */
  readonly untrusted: boolean;
  /** Requests that wait until it is opened. */
  readonly waiting: number;
  /** Runs that wait for a time or an answer. */
  readonly waitingRuns: number;
}

/** One workflow of the list: its name opens it, its menu does the rest. */
export function WorkflowRow({
  workflow,
  now,
  untrusted,
  waiting,
  waitingRuns,
  ...actions
}: WorkflowRowProps) {
  const { id, name, apps, stepCount, updatedAt, problem } = workflow;
  return (
    <li className={styles.row} data-workflow={id}>
      <AppIcons apps={apps} />
      <div className={styles.text}>
        <a
          className={styles.name}
          href={`/workflows/${id}`}
          onClick={(event) => {
            // Other clicks are the browser's: a new tab, a new window, a download.
            if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
              return;
            event.preventDefault();
            actions.onOpen(id);
          }}
        >
          {name}
        </a>
        <div className={styles.facts}>
          {(problem === null || stepCount > 0) && <span>{countOf(stepCount, "step")}</span>}
          {apps.length > 0 && <span className={styles.apps}>{appNames(apps)}</span>}
          {updatedAt > 0 && (
            <time dateTime={new Date(updatedAt).toISOString()} title={new Date(updatedAt).toLocaleString()}>
              {formatAgo(updatedAt, now)}
            </time>
          )}
          {waiting > 0 && (
            <Badge tone="run" title="They are given to the workflow when it is opened.">
              {countOf(waiting, "request")} {waiting === 1 ? "waits" : "wait"}
            </Badge>
          )}
          {waitingRuns > 0 && (
            <Badge tone="run" title="They go on while the workflow is open, or when it is opened.">
              {countOf(waitingRuns, "run waits", "runs wait")}
            </Badge>
          )}
          {untrusted && problem === null && (
            <Badge
              tone="warn"
              title="Not trusted yet: it asks before it reaches anything but the apps you attach."
            >
              Untrusted
            </Badge>
          )}
        </div>
        {problem !== null && <Problem problem={problem} />}
      </div>
      <Menu
        trigger={
          <IconButton className={styles.menu} label={`Menu of ${name}`} icon={<Ellipsis size={17} />} />
        }
        items={itemsOf(workflow, actions)}
      />
    </li>
  );
}

function Problem({ problem }: { readonly problem: NonNullable<WorkflowSummary["problem"]> }) {
  return problem === "corrupt" ? (
    <p className={styles.problem}>
      <Badge tone="bad">Can't be read</Badge> It is damaged and kept as it is. Its menu offers it as a
      download.
    </p>
  ) : (
    <p className={styles.problem}>
      <Badge tone="warn">Newer version</Badge> Written by a newer Runnel: it can be looked at where possible,
      and is not changed here. Update Runnel to edit it.
    </p>
  );
}

function itemsOf(workflow: WorkflowSummary, actions: RowActions): MenuItem[] {
  const { id, problem } = workflow;
  const open: MenuItem = {
    label: "Open",
    icon: <FolderOpen size={15} />,
    onSelect: () => actions.onOpen(id),
  };
  const remove: MenuItem = {
    label: "Delete",
    icon: <Trash2 size={15} />,
    danger: true,
    onSelect: () => actions.onDelete(workflow),
  };
  const download = <Download size={15} />;
  if (problem !== null)
    return [
      ...(problem === "newer-version" ? [open] : []),
      { label: "Download as it is", icon: download, onSelect: () => actions.onDownloadRaw(workflow) },
      "separator",
      remove,
    ];
  return [
    open,
    { label: "Rename", icon: <Pencil size={15} />, onSelect: () => actions.onRename(workflow) },
    { label: "Duplicate", icon: <Copy size={15} />, onSelect: () => actions.onDuplicate(workflow) },
    { label: "Export to a file", icon: download, onSelect: () => actions.onExport(workflow) },
    "separator",
    remove,
  ];
}
