import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useMemo, useRef } from "react";
import styles from "../results.module.css";
import { parseExact } from "./parse.ts";
import type { JsonPath } from "./path.ts";
import { TreeItem } from "./TreeItem.tsx";
import { useTree } from "./use-tree.ts";

export interface JsonTreeProps {
  /** Accessible name. */
  readonly label: string;
  /** JSON text of an object. */
  readonly json: string;
  /** The Python expression that reads what stands at a path. */
  readonly pathOf: (path: JsonPath) => string;
  /** Ids of the rows that are open at first, such as `/$return_value`. */
  readonly open: readonly string[];
}

const rowHeight = 24;

/** A JSON value as a tree. It is parsed when shown, and only rows that are open and in view are drawn. */
export function JsonTree({ label, json, pathOf, open }: JsonTreeProps) {
  const parsed = useMemo(() => parseExact(json), [json]);
  if (!parsed.ok) return <p className={styles.nothing}>This can't be shown: {parsed.error}</p>;
  return <Tree label={label} root={parsed.value} pathOf={pathOf} open={open} />;
}

interface TreeProps extends Pick<JsonTreeProps, "label" | "pathOf" | "open"> {
  readonly root: unknown;
}

function Tree({ label, root, pathOf, open }: TreeProps) {
  const { rows, active, setActive, toggle, onKeyDown } = useTree(root, open);
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const activeRow = rows[active];

  useEffect(() => {
    if (document.activeElement === scroller.current) list.scrollToIndex(active);
  }, [active, list]);

  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={activeRow === undefined ? undefined : `${id}-${active}`}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget) onKeyDown(event);
      }}
    >
      <div role="none" style={{ height: list.getTotalSize(), position: "relative" }}>
        {list.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <TreeItem
              key={row.id}
              id={`${id}-${item.index}`}
              row={row}
              top={item.start}
              active={item.index === active}
              pathOf={pathOf}
              onActivate={() => setActive(row.id)}
              onToggle={() => {
                setActive(row.id);
                toggle(row);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}
