import { ChevronRight } from "lucide-react";
import { cx } from "../../../ui/index.ts";
import { useInsertPath } from "../../paths/InsertPaths.tsx";
import { copy } from "../clipboard.ts";
import { withMarks } from "../marks.tsx";
import styles from "../results.module.css";
import type { JsonDocument } from "./json-document.ts";
import { preview, valueText } from "./json-values.ts";
import type { JsonPath } from "./path.ts";
import type { TreeRow } from "./rows.ts";

interface TreeItemProps {
  readonly id: string;
  readonly json: JsonDocument;
  readonly row: TreeRow;
  readonly top: number;
  readonly active: boolean;
  readonly pathOf: (path: JsonPath) => string;
  readonly exporterOf: ((path: JsonPath) => string | null) | undefined;
  readonly onActivate: () => void;
  readonly onToggle: () => void;
}

/** One line of the tree; its buttons show when it is hovered or active. */
export function TreeItem(props: TreeItemProps) {
  const { id, json, row, top, active, pathOf, exporterOf, onActivate, onToggle } = props;
  const insert = useInsertPath();
  const copyable = row.more === 0;
  const from = copyable && insert !== null ? (exporterOf?.(row.path) ?? null) : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the tree's, which has the focus
    // biome-ignore lint/a11y/useFocusableInteractive: the tree points at it with aria-activedescendant
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.childCount > 0 ? row.expanded : undefined}
      aria-selected={active}
      data-path={from === null ? undefined : pathOf(row.path)}
      data-path-from={from ?? undefined}
      className={cx(styles.item, active && styles.active)}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 6 + (row.level - 1) * 16 }}
      onClick={row.childCount > 0 || row.more > 0 ? onToggle : onActivate}
    >
      {row.more > 0 ? (
        <span className={styles.moreRow}>
          Show {row.isEarlier ? "earlier" : "more"} ({row.more.toLocaleString("en")} not listed)
        </span>
      ) : (
        <>
          <ChevronRight
            size={13}
            aria-hidden
            className={cx(styles.twisty, row.expanded && styles.open, row.childCount === 0 && styles.leaf)}
          />
          <span className={styles.key}>{row.label}</span>{" "}
          <span className={cx(styles.value, styles[row.node.kind])}>
            {withMarks(preview(json, row.node))}
          </span>
        </>
      )}
      {copyable && (
        <span className={styles.itemTools}>
          {from !== null && (
            <ToolButton active={active} onPress={() => insert?.({ expression: pathOf(row.path), from })}>
              Insert path
            </ToolButton>
          )}
          <ToolButton active={active} onPress={() => void copy(pathOf(row.path), "path")}>
            Copy path
          </ToolButton>
          <ToolButton active={active} onPress={() => void copy(valueText(json, row.node), "value")}>
            Copy value
          </ToolButton>
        </span>
      )}
    </div>
  );
}

interface ToolButtonProps {
  readonly active: boolean;
  readonly onPress: () => void;
  readonly children: string;
}

function ToolButton({ active, onPress, children }: ToolButtonProps) {
  return (
    <button
      type="button"
      className={styles.copy}
      tabIndex={active ? 0 : -1}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      {children}
    </button>
  );
}
