import { type KeyboardEvent, useMemo, useState } from "react";
import { actionOf } from "./keys.ts";
import { pageSize, parentOf, type TreeRow, visibleRows } from "./rows.ts";

/** What a tree of JSON needs to be shown and walked by keyboard. */
export interface TreeState {
  readonly rows: readonly TreeRow[];
  /** Index of the row that the keyboard is on. */
  readonly active: number;
  setActive(id: string): void;
  toggle(row: TreeRow): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** Which parts of `root` are open, and which row is active. The first level is shown; `open` says what else. */
export function useTree(root: unknown, open: readonly string[]): TreeState {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(open));
  const [listed, setListed] = useState<ReadonlyMap<string, number>>(new Map());
  const [activeId, setActiveId] = useState<string | null>(null);
  const rows = useMemo(() => visibleRows(root, { expanded, listed }), [root, expanded, listed]);
  const active = Math.max(
    0,
    rows.findIndex((row) => row.id === activeId),
  );

  const toggle = (row: TreeRow) => {
    if (row.more > 0) {
      const parent = parentOf(row.id);
      setListed((before) => new Map(before).set(parent, (before.get(parent) ?? pageSize) + pageSize));
    } else if (row.childCount > 0) {
      setExpanded((before) => {
        const after = new Set(before);
        if (!after.delete(row.id)) after.add(row.id);
        return after;
      });
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(rows, active, event.key);
    const row = rows[active];
    if (action === null || row === undefined) return;
    event.preventDefault();
    setActiveId(action.kind === "move" ? action.id : row.id);
    if (action.kind === "toggle") toggle(row);
  };

  return { rows, active, setActive: setActiveId, toggle, onKeyDown };
}
