import { parentOf, type TreeRow } from "./rows.ts";

/** What a key does in a tree: go to another row, or open and close the one it is on. */
export type TreeAction = { readonly kind: "move"; readonly id: string } | { readonly kind: "toggle" };

/** The keys of the tree pattern: arrows, Home, End, Enter and Space. Null where the key means nothing here. */
export function actionOf(rows: readonly TreeRow[], active: number, key: string): TreeAction | null {
  const row = rows[active];
  if (row === undefined) return null;
  const to = (index: number): TreeAction => {
    const target = rows[Math.min(Math.max(index, 0), rows.length - 1)] ?? row;
    return { kind: "move", id: target.id };
  };
  switch (key) {
    case "ArrowDown":
      return to(active + 1);
    case "ArrowUp":
      return to(active - 1);
    case "Home":
      return to(0);
    case "End":
      return to(rows.length - 1);
    case "Enter":
    case " ":
      return { kind: "toggle" };
    case "ArrowRight":
      if (row.expanded) return to(active + 1);
      return row.childCount > 0 ? { kind: "toggle" } : null;
    case "ArrowLeft":
      if (row.expanded) return { kind: "toggle" };
      return row.level > 1 ? { kind: "move", id: parentOf(row.id) } : null;
    default:
      return null;
  }
}
