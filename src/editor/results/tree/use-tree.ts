import { type KeyboardEvent, useMemo, useState } from "react";
import { type JsonDocument, pageSize } from "./json-document.ts";
import { actionOf } from "./keys.ts";
import { firstPage, parentOf, revealed, type TreeRow, type TreeView, visibleRows } from "./rows.ts";

/** What a tree of JSON needs to be shown and walked by keyboard. */
export interface TreeState {
  readonly rows: readonly TreeRow[];
  /** Index of the row that the keyboard is on. */
  readonly active: number;
  setActive(id: string): void;
  toggle(row: TreeRow): void;
  onKeyDown(event: KeyboardEvent): void;
  /** Opens what leads to a place of the text, and makes its row the active one. */
  reveal(place: number): void;
}

/** Which parts of a document are open, and which row is active. The first level is shown; `open` says what else. */
export function useTree(document: JsonDocument, open: readonly string[]): TreeState {
  const [view, setView] = useState<TreeView>(() => ({ expanded: new Set(open), listed: new Map() }));
  const [activeId, setActiveId] = useState<string | null>(null);
  const rows = useMemo(() => visibleRows(document, view), [document, view]);
  const active = Math.max(
    0,
    rows.findIndex((row) => row.id === activeId),
  );

  const toggle = (row: TreeRow) => {
    if (row.more > 0) {
      const parent = parentOf(row.id);
      setView(({ expanded, listed }) => {
        const { from, to } = listed.get(parent) ?? firstPage;
        const wider = row.isEarlier
          ? { from: Math.max(0, from - pageSize), to }
          : { from, to: to + pageSize };
        return { expanded, listed: new Map(listed).set(parent, wider) };
      });
    } else if (row.childCount > 0) {
      setView(({ expanded, listed }) => {
        const after = new Set(expanded);
        if (!after.delete(row.id)) after.add(row.id);
        return { expanded: after, listed };
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

  const reveal = (place: number) => {
    const found = revealed(document, view, place);
    if (!found) return;
    setView(found.view);
    setActiveId(found.id);
  };

  return { rows, active, setActive: setActiveId, toggle, onKeyDown, reveal };
}
