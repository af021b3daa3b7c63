import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useRef } from "react";
import { formatBytes } from "../../../lib/format.ts";
import { cx } from "../../../ui/index.ts";
import styles from "../results.module.css";
import type { JsonDocument } from "./json-document.ts";
import type { JsonPath } from "./path.ts";
import { TreeItem } from "./TreeItem.tsx";
import { TreeSearchBar } from "./TreeSearchBar.tsx";
import { useJsonDocument } from "./use-json-document.ts";
import { useSearch } from "./use-search.ts";
import { useTree } from "./use-tree.ts";

export interface JsonTreeProps {
  /** Accessible name. */
  readonly label: string;
  /** JSON text of an object. */
  readonly json: string;
  /** The Python expression that reads what stands at a path. */
  readonly pathOf: (path: JsonPath) => string;
  /** Name of the step whose exports hold what stands at a path: later steps can read it. Null: it is no export. */
  readonly exporterOf?: ((path: JsonPath) => string | null) | undefined;
  /** Ids of the rows that are open at first, such as `/$return_value`. */
  readonly open: readonly string[];
}

const rowHeight = 24;
/** Characters of JSON that nobody needs a search for. */
const short = 300;

/** A JSON value as a tree. It is read where it is looked at, and only rows that are open and in view are drawn. */
export function JsonTree({ label, json, pathOf, exporterOf, open }: JsonTreeProps) {
  const reading = useJsonDocument(json);
  if (reading.kind === "reading")
    return <p className={styles.nothing}>Reading {formatBytes(json.length)}…</p>;
  if (reading.kind === "failed")
    return <p className={styles.nothing}>This can't be shown: {reading.message}</p>;
  return <Tree label={label} json={reading.document} pathOf={pathOf} exporterOf={exporterOf} open={open} />;
}

interface TreeProps extends Pick<JsonTreeProps, "label" | "pathOf" | "exporterOf" | "open"> {
  readonly json: JsonDocument;
}

function Tree({ label, json, pathOf, exporterOf, open }: TreeProps) {
  const { rows, active, setActive, toggle, onKeyDown, reveal } = useTree(json, open);
  const search = useSearch(json, reveal);
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

  const isFound = search.current >= 0;
  useEffect(() => {
    if (isFound || document.activeElement === scroller.current) list.scrollToIndex(active);
  }, [active, list, isFound]);

  const tree = (
    <div
      ref={scroller}
      className={cx(styles.tree, isFound && styles.withFound)}
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
              json={json}
              row={row}
              top={item.start}
              active={item.index === active}
              pathOf={pathOf}
              exporterOf={exporterOf}
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
  return (
    <>
      {json.text.length > short && <TreeSearchBar label={label} search={search} />}
      {tree}
    </>
  );
}
