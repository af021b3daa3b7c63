import { exactText, parseExact } from "../lib/exact-json.ts";
import { failure, type Result, success } from "../lib/result.ts";
import { parseEvent } from "../workflow/index.ts";
import { parseCsv } from "./csv.ts";
import { MAX_KEY, MAX_VALUE } from "./limits.ts";

export interface ImportedRecord {
  readonly key: string;
  readonly json: string;
  /** Milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null;
}

type Read = Result<readonly ImportedRecord[], { readonly message: string }>;

/** Thrown with a sentence for the person. */
class Unreadable extends Error {}

/**
 * The records in a file; of a key that stands there twice the last one. It may be a JSON object (`{"key": value}`), a JSON list of
 * `{"key", "value", "expires_at"?}` as an export has them, JSON lines of either, or CSV whose first line names the columns: `key` and
 * `value` (JSON, else text), or `key` and others, which make an object.
 */
export function readImport(text: string, fileName: string): Read {
  try {
    const found = /\.csv$/i.test(fileName) ? fromCsv(text) : fromJson(text);
    const records = new Map(found.map((record) => [record.key, record]));
    return records.size > 0
      ? success([...records.values()])
      : failure({ message: "There are no records in the file." });
  } catch (error) {
    if (error instanceof Unreadable) return failure({ message: error.message });
    throw error;
  }
}

function fromJson(text: string): ImportedRecord[] {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  const whole = parsed(trimmed);
  if (whole) return fromValue(whole.value, "The file");
  const lines = trimmed.split(/\r?\n/);
  if (lines.length > 1 && parsed(lines[0] ?? "")) {
    return lines.flatMap((line, index) => {
      if (line.trim() === "") return [];
      const value = parsed(line);
      if (!value) throw new Unreadable(`Line ${index + 1} is not valid JSON.`);
      return fromValue(value.value, `Line ${index + 1}`);
    });
  }
  const problem = parseEvent(trimmed === "" ? "?" : trimmed);
  if (problem.ok) throw new Unreadable("The file is not valid JSON.");
  const { message, line, column } = problem.error;
  throw new Unreadable(`The file is not valid JSON: ${message} (line ${line}, column ${column})`);
}

function fromValue(value: unknown, where: string): ImportedRecord[] {
  if (Array.isArray(value)) return value.map((item, index) => fromItem(item, `Item ${index + 1}`));
  if (!isObject(value)) throw new Unreadable(`${where} is neither an object nor a list of records.`);
  if (isRecord(value)) return [fromItem(value, where)];
  return Object.entries(value).map(([key, inner]) => record(key, exactText(inner), null, where));
}

function fromItem(item: unknown, where: string): ImportedRecord {
  if (!isObject(item) || !isRecord(item))
    throw new Unreadable(`${where} is not a record: {"key": "…", "value": …}.`);
  const { key, value, expires_at: expiry = null } = item;
  const expiresAt = expiry === null ? null : Date.parse(String(expiry));
  if (Number.isNaN(expiresAt))
    throw new Unreadable(`${where}: expires_at is not a time such as 2030-01-31T12:00:00Z.`);
  return record(String(key), exactText(value), expiresAt, where);
}

function fromCsv(text: string): ImportedRecord[] {
  const rows = parseCsv(text.replace(/^\uFEFF/, ""));
  if (!rows)
    throw new Unreadable("The file is not valid CSV: a quote is never closed, or stands where none can.");
  const [head = [], ...lines] = rows;
  const names = head.map((name) => name.trim());
  const keyColumn = names.indexOf("key");
  if (keyColumn < 0) throw new Unreadable("The first line must name the columns, and one of them “key”.");
  const others = names.flatMap((name, index) => (index === keyColumn ? [] : [{ name, index }]));
  const [only] = others;
  return lines.map((cells, index) => {
    const json =
      others.length === 1 && only?.name === "value"
        ? jsonOfCell(cells[only.index] ?? "")
        : exactText(Object.fromEntries(others.map((column) => [column.name, cells[column.index] ?? ""])));
    return record(cells[keyColumn] ?? "", json, null, `Row ${index + 2}`);
  });
}

const jsonOfCell = (cell: string) => exactText((parsed(cell) ?? { value: cell }).value);

function record(key: string, json: string, expiresAt: number | null, where: string): ImportedRecord {
  if (key === "") throw new Unreadable(`${where} has a record without a key.`);
  if (key.length > MAX_KEY)
    throw new Unreadable(`${where}: the key ${key.slice(0, 40)}… has more than ${MAX_KEY} characters.`);
  if (json.length > MAX_VALUE)
    throw new Unreadable(`${where}: the value of ${key} has more than ${MAX_VALUE >> 20} MiB.`);
  return { key, json, expiresAt };
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: parseExact(text) };
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An item of a list: nothing but key, value and expiry. */
function isRecord(value: Record<string, unknown>): boolean {
  const names = Object.keys(value);
  return (
    typeof value.key === "string" &&
    names.includes("value") &&
    names.every((name) => name === "key" || name === "value" || name === "expires_at")
  );
}
