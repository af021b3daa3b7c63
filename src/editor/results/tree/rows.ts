import { type JsonDocument, type JsonNode, pageSize } from "./json-document.ts";
import type { JsonPath } from "./path.ts";

/** A line of the tree. */
export interface TreeRow {
  /** Unique in the tree and the same as long as the value stays at its place. */
  readonly id: string;
  readonly path: JsonPath;
  /** Key or index. */
  readonly label: string;
  readonly node: JsonNode;
  /** Number of children; 0 for what can't be opened. */
  readonly childCount: number;
  readonly expanded: boolean;
  /** From 1. */
  readonly level: number;
  /** Position among its siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
  /** Set on a line that stands for children not listed: how many they are. Its `id` is made of the parent's. */
  readonly more: number;
  /** Where `more` is set: they come before those that are listed. */
  readonly isEarlier: boolean;
}

/** Indexes of the children that are listed. `from` is a multiple of the page's size. */
export interface Listed {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

export const firstPage: Listed = { from: 0, to: pageSize };

/** What is open, and which children are listed where it isn't the first page. */
export interface TreeView {
  readonly expanded: ReadonlySet<string>;
  readonly listed: ReadonlyMap<string, Listed>;
}

/** The lines of the opened parts of a document, in order. What is closed costs nothing. */
export function visibleRows(document: JsonDocument, view: TreeView): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  addChildren(rows, document, document.root, [], "", 1, view);
  return rows;
}

function addChildren(
  rows: TreeRow[],
  document: JsonDocument,
  parent: JsonNode,
  path: JsonPath,
  parentId: string,
  level: number,
  view: TreeView,
): void {
  const siblings = document.countOf(parent);
  const { from, to } = view.listed.get(parentId) ?? firstPage;
  const ids = new Set<string>();
  let index = from;
  const unlisted = (count: number, isEarlier: boolean) =>
    rows.push({
      id: `${parentId}//${isEarlier ? "earlier" : "more"}`,
      path,
      label: "",
      node: parent,
      childCount: 0,
      expanded: false,
      level,
      position: isEarlier ? from : to + 1,
      siblings,
      more: count,
      isEarlier,
    });
  if (from > 0) unlisted(from, true);
  for (const { key, node } of document.children(parent, from, Math.min(siblings, to))) {
    let id = childId(parentId, key);
    // Python's `{1: "a", "1": "b"}` has one key twice as JSON.
    if (ids.has(id)) id = `${id}~2${index}`;
    ids.add(id);
    const childCount = document.countOf(node);
    const expanded = childCount > 0 && view.expanded.has(id);
    const childPath = [...path, key];
    rows.push({
      id,
      path: childPath,
      label: String(key),
      node,
      childCount,
      expanded,
      level,
      position: ++index,
      siblings,
      more: 0,
      isEarlier: false,
    });
    if (expanded) addChildren(rows, document, node, childPath, id, level + 1, view);
  }
  if (to < siblings) unlisted(siblings - to, false);
}

/** Id of the row of a child; the top's parent has the id "". */
function childId(parentId: string, key: string | number): string {
  return `${parentId}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** Id of the row whose children row `id` is one of; empty at the top. */
export function parentOf(id: string): string {
  const unlisted = /\/\/(more|earlier)$/.exec(id);
  if (unlisted) return id.slice(0, unlisted.index);
  return id.slice(0, id.lastIndexOf("/"));
}

/** The view with the row of what stands at a place of the text in it, and the id of that row; null where there is none. */
export function revealed(
  document: JsonDocument,
  view: TreeView,
  place: number,
): { readonly view: TreeView; readonly id: string } | null {
  const path = document.pathTo(place);
  const expanded = new Set(view.expanded);
  const listed = new Map(view.listed);
  let id = "";
  for (const [level, { key, index }] of path.entries()) {
    const { from, to } = listed.get(id) ?? firstPage;
    const page = Math.floor(index / pageSize) * pageSize;
    // Not all that comes before: there may be a hundred thousand.
    if (index < from || index >= to) listed.set(id, { from: page, to: page + pageSize });
    id = childId(id, key);
    if (level < path.length - 1) expanded.add(id);
  }
  return path.length === 0 ? null : { view: { expanded, listed }, id };
}
