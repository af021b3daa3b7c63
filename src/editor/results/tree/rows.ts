import { ExactNumber } from "./parse.ts";
import type { JsonPath } from "./path.ts";

export type ValueKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** A line of the tree. */
export interface TreeRow {
  /** Unique in the tree and the same as long as the value stays at its place. */
  readonly id: string;
  readonly path: JsonPath;
  /** Key or index. */
  readonly label: string;
  readonly value: unknown;
  readonly kind: ValueKind;
  /** Number of children; 0 for what can't be opened. */
  readonly childCount: number;
  readonly expanded: boolean;
  /** From 1. */
  readonly level: number;
  /** Position among its siblings, from 1, and how many there are. */
  readonly position: number;
  readonly siblings: number;
  /** Set on the line that stands for the children not listed yet: how many they are. Its `id` is the parent's. */
  readonly more: number;
}

/** Children listed at a time. */
export const pageSize = 200;

/** What is open, and how many children are listed where it is more than one page. */
export interface TreeView {
  readonly expanded: ReadonlySet<string>;
  readonly listed: ReadonlyMap<string, number>;
}

/** The lines of the opened parts of `root`, in order. What is closed costs nothing. */
export function visibleRows(root: unknown, view: TreeView): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  addChildren(rows, root, [], "", 1, view);
  return rows;
}

function addChildren(
  rows: TreeRow[],
  parent: unknown,
  path: JsonPath,
  parentId: string,
  level: number,
  view: TreeView,
): void {
  const keys = keysOf(parent);
  const listed = Math.min(keys.length, view.listed.get(parentId) ?? pageSize);
  for (let index = 0; index < listed; index++) {
    const key = keys.at(index);
    const value = (parent as Record<string | number, unknown>)[key];
    const id = `${parentId}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const childCount = keysOf(value).length;
    const expanded = childCount > 0 && view.expanded.has(id);
    const childPath = [...path, key];
    rows.push({
      id,
      path: childPath,
      label: String(key),
      value,
      kind: kindOf(value),
      childCount,
      expanded,
      level,
      position: index + 1,
      siblings: keys.length,
      more: 0,
    });
    if (expanded) addChildren(rows, value, childPath, id, level + 1, view);
  }
  if (listed < keys.length) {
    rows.push({
      id: `${parentId}//more`,
      path,
      label: "",
      value: parent,
      kind: "null",
      childCount: 0,
      expanded: false,
      level,
      position: listed + 1,
      siblings: keys.length,
      more: keys.length - listed,
    });
  }
}

/** Keys without making a list of a hundred thousand indexes. */
function keysOf(value: unknown): { readonly length: number; at(index: number): string | number } {
  if (Array.isArray(value)) return { length: value.length, at: (index) => index };
  if (value === null || typeof value !== "object" || value instanceof ExactNumber)
    return { length: 0, at: () => 0 };
  const keys = Object.keys(value);
  return { length: keys.length, at: (index) => keys[index] ?? "" };
}

function kindOf(value: unknown): ValueKind {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof ExactNumber) return "number";
  const type = typeof value;
  return type === "object" || type === "string" || type === "number" || type === "boolean" ? type : "null";
}

/** Id of the row whose children row `id` is one of; empty at the top. */
export function parentOf(id: string): string {
  if (id.endsWith("//more")) return id.slice(0, -"//more".length);
  return id.slice(0, id.lastIndexOf("/"));
}
