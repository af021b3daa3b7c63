import { exactText, parseExact } from "../lib/exact-json.ts";
import { failure, type Result, success } from "../lib/result.ts";
import { parseEvent } from "../workflow/index.ts";
import { MAX_KEY, MAX_VALUE } from "./limits.ts";
import type { DataStoreRecord } from "./types.ts";

/** A record as it is typed. */
export interface RecordText {
  readonly key: string;
  readonly json: string;
  /** Seconds until it is gone; empty: never. */
  readonly expires: string;
}

/** Values up to this many characters are spread over lines; larger ones are shown as they are. */
const SPREAD = 200_000;

export function shownRecord(record: DataStoreRecord | null, now: number): RecordText {
  if (record === null) return { key: "", json: "", expires: "" };
  const { key, json, expiresAt } = record;
  return {
    key,
    json: json.length > SPREAD ? json : exactText(parseExact(json), 2),
    expires: expiresAt === null ? "" : String(Math.max(1, Math.round((expiresAt - now) / 1000))),
  };
}

/** What was typed as a record, or what is wrong with it by field, in sentences. */
export function readRecord(
  { key, json, expires }: RecordText,
  now: number,
): Result<Omit<DataStoreRecord, "updatedAt">, Partial<RecordText>> {
  const problems: { key?: string; json?: string; expires?: string } = {};
  if (key === "") problems.key = "Give the record a key.";
  else if (key.length > MAX_KEY)
    problems.key = `A key has at most ${MAX_KEY} characters, this one has ${key.length}.`;
  else if (!key.isWellFormed()) problems.key = "The key has half a character in it.";
  const trimmed = json.trim();
  const value = parseEvent(trimmed);
  if (trimmed === "") problems.json = 'Write a value; "" is an empty text, null is none.';
  else if (!value.ok)
    problems.json = `${value.error.message} (line ${value.error.line}, column ${value.error.column}) A text stands in double quotes.`;
  else if (trimmed.length > MAX_VALUE) problems.json = `A value has at most ${MAX_VALUE >> 20} MiB.`;
  const seconds = Number(expires);
  if (expires.trim() !== "" && !(seconds > 0 && Number.isFinite(seconds)))
    problems.expires = "Write a number of seconds above 0, or nothing.";
  if (Object.keys(problems).length > 0) return failure(problems);
  const expiresAt = expires.trim() === "" ? null : now + seconds * 1000;
  return success({ key, json: trimmed, expiresAt });
}
