import type { KeyRange } from "./tables.ts";

/** Digits of a time in milliseconds, so that the order of the texts is that of the times. */
const TIME_DIGITS = 16;

/** Where the records of one store lie in their table. */
export interface DataStoreRows {
  /** Of the records behind a key; null: of all. */
  after(key: string | null): KeyRange;
  /** Everything of the store. */
  readonly all: KeyRange;
  /** What notes the records that have expired by then. */
  expired(now: number): KeyRange;
  of(key: string): string;
  keyIn(row: string): string;
  /** Notes when a record expires. */
  expiry(key: string, expiresAt: number): string;
  keyInExpiry(row: string): string;
}

/** Ids have letters and digits only: a space ends them in the rows of records, `!` (which follows it) in the notes of expiry. */
export function rowsOf(store: string): DataStoreRows {
  const records = `${store} `;
  const notes = `${store}!`;
  const noteOf = (time: number) =>
    `${notes}${String(Math.max(0, Math.floor(time))).padStart(TIME_DIGITS, "0")}`;
  return {
    // What follows a text immediately is the text with a zero character.
    after: (key) => ({ from: key === null ? records : `${records}${key}\u0000`, to: notes }),
    all: { from: records, to: `${store}"` },
    expired: (now) => ({ from: notes, to: noteOf(now + 1) }),
    of: (key) => `${records}${key}`,
    keyIn: (row) => row.slice(records.length),
    expiry: (key, expiresAt) => `${noteOf(expiresAt)} ${key}`,
    keyInExpiry: (row) => row.slice(notes.length + TIME_DIGITS + 1),
  };
}
