import type { SlicedWork } from "../../../lib/slices.ts";
import { ExactNumber, parseExact } from "../tree/parse.ts";

export type Cell = string | number | boolean | null | ExactNumber;
export type Row = readonly Cell[];

/** Rows of some parts of a table. A part that is no list of rows has none: it comes from the sandbox. */
export function* readingRows(parts: readonly string[]): SlicedWork<readonly Row[]> {
  const rows: Row[] = [];
  for (const part of parts) {
    const parsed = parseExact(part);
    if (parsed.ok && Array.isArray(parsed.value)) rows.push(...parsed.value.map(rowOf));
    yield;
  }
  return rows;
}

function rowOf(value: unknown): Row {
  return Array.isArray(value) ? value.map(cellOf) : [];
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "object") return value instanceof ExactNumber ? value : JSON.stringify(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** A cell in Python's words. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "None";
  if (cell instanceof ExactNumber) return cell.source;
  return typeof cell === "boolean" ? (cell ? "True" : "False") : String(cell);
}

/** Rows as a file of comma-separated values (RFC 4180); what is missing is empty. */
export function* writingCsv(names: readonly string[], rows: readonly Row[]): SlicedWork<Blob> {
  const lines: string[] = [];
  const pieces: Blob[] = [];
  const add = (row: Row) =>
    lines.push(`${row.map((cell) => (cell === null ? "" : quoted(cellText(cell)))).join(",")}\r\n`);
  add(names);
  for (const [index, row] of rows.entries()) {
    add(row);
    if (index % 500 === 499) {
      pieces.push(new Blob(lines.splice(0)));
      yield;
    }
  }
  return new Blob([...pieces, ...lines], { type: "text/csv;charset=utf-8" });
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
