import { countOf } from "../../../lib/format.ts";
import { ExactNumber } from "./parse.ts";
import type { TreeRow } from "./rows.ts";

/** Characters of a string that a line shows. */
const shownCharacters = 400;

/** A value in one line. */
export function preview(row: TreeRow): string {
  const { value, kind } = row;
  if (kind === "array") return row.childCount === 0 ? "[]" : `[${countOf(row.childCount, "item")}]`;
  if (kind === "object") return objectPreview(value as object, row.childCount);
  if (kind === "null") return "null";
  if (kind === "boolean") return String(value);
  if (value instanceof ExactNumber) return value.source;
  if (typeof value !== "string") return String(value);
  const cut = value.length > shownCharacters;
  return cut
    ? `${JSON.stringify(value.slice(0, shownCharacters))}… ${countOf(value.length, "character")}`
    : JSON.stringify(value);
}

function objectPreview(value: object, count: number): string {
  if (count === 0) return "{}";
  const shown: string[] = [];
  for (const key in value) {
    if (shown.length === 4) break;
    shown.push(key.length > 24 ? `${key.slice(0, 24)}…` : key);
  }
  return `{${shown.join(", ")}${count > shown.length ? `, … ${count - shown.length} more` : ""}}`;
}
