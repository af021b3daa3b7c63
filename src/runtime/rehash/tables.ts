/** CPython's hash tables, filled again with what is in them: the hashes of their keys have changed. */
import {
  GENERAL_ENTRY,
  GENERAL_KEYS,
  HASHTABLE,
  HASHTABLE_ENTRY,
  KEYS,
  type Memory,
  NO_HASH,
  SET,
  SET_ENTRY_BYTES,
  SPLIT_KEYS,
  TEXT,
  TEXT_ENTRY,
  word,
} from "./layout.ts";

/** Both tables go on from a collision by so many bits of the hash. */
const PERTURB_SHIFT = 5;
/** Sets look at as many neighbours first. */
const LINEAR_PROBES = 9;
/** By the bytes of an index. */
const EMPTY: Readonly<Record<number, number>> = { 1: 0xff, 2: 0xffff, 4: 0xffffffff };

/** Where a dict's keys object has its parts. */
export interface KeysShape {
  readonly mask: number;
  /** Bytes of an index: 1, 2 or 4. */
  readonly width: number;
  readonly isGeneral: boolean;
  readonly isSplit: boolean;
  /** How many entries there are, deleted ones too. */
  readonly count: number;
  readonly indices: number;
  readonly entries: number;
}

export function keysShape(memory: Memory, keys: number): KeysShape {
  const { u8 } = memory;
  const log2Size = u8[keys + KEYS.log2Size] ?? 0;
  const log2Bytes = u8[keys + KEYS.log2Bytes] ?? 0;
  const kind = u8[keys + KEYS.kind];
  const indices = keys + KEYS.indices;
  return {
    mask: (1 << log2Size) - 1,
    width: 1 << (log2Bytes - log2Size),
    isGeneral: kind === GENERAL_KEYS,
    isSplit: kind === SPLIT_KEYS,
    count: word(memory, keys + KEYS.count),
    indices,
    entries: indices + (1 << log2Bytes),
  };
}

/** The table of indices, one of three widths. */
export function indicesOf({ u8, u16, i32 }: Memory, { indices, mask, width }: KeysShape) {
  const { buffer } = u8;
  if (width === 1) return new Int8Array(buffer, indices, mask + 1);
  if (width === 2) return new Int16Array(u16.buffer, indices, mask + 1);
  return new Int32Array(i32.buffer, indices, mask + 1);
}

/** Fills the indices of a dict's keys object by the hashes that stand in its entries or, where all keys are `str`, in those. */
export function fillIndices(memory: Memory, keys: number): void {
  const { mask, width, isGeneral, isSplit, count, indices, entries } = keysShape(memory, keys);
  const table = width === 1 ? memory.u8 : width === 2 ? memory.u16 : memory.u32;
  const first = indices / width;
  const empty = EMPTY[width] as number;
  table.fill(empty, first, first + mask + 1);
  const { i32 } = memory;
  const step = (isGeneral ? GENERAL_ENTRY.bytes : TEXT_ENTRY.bytes) / 4;
  const value = (isGeneral ? GENERAL_ENTRY.value : TEXT_ENTRY.value) / 4;
  for (let index = 0, at = entries >>> 2; index < count; index++, at += step) {
    // Of a split table the values are elsewhere; in others, what has none was deleted.
    if (!isSplit && i32[at + value] === 0) continue;
    const hash = (isGeneral ? i32[at] : i32[((i32[at] as number) + TEXT.hash) >>> 2]) as number;
    let slot = hash & mask;
    for (let perturb = hash >>> 0; table[first + slot] !== empty; ) {
      perturb >>>= PERTURB_SHIFT;
      slot = (slot * 5 + perturb + 1) & mask;
    }
    table[first + slot] = index;
  }
}

/** A set's keys and their hashes, in pairs. What was deleted has no hash. Throws where it has not as many as it says. */
export function setEntries(memory: Memory, set: number): Int32Array<ArrayBuffer> {
  const table = word(memory, set + SET.table) >>> 2;
  const used = word(memory, set + SET.used);
  const found = new Int32Array(2 * used);
  let end = 0;
  const last = table + 2 * word(memory, set + SET.mask);
  for (let at = table; at <= last; at += 2) {
    const key = memory.i32[at] as number;
    const hash = memory.i32[at + 1] as number;
    if (key === 0 || hash === NO_HASH) continue;
    found[end] = key;
    found[end + 1] = hash;
    end += 2;
  }
  if (end !== 2 * used) throw new Error(`The set at ${set} has ${end / 2} keys, and says ${used}.`);
  return found;
}

/** Puts them in, as `set_insert_clean` does, in the place of all that was there. */
export function fillSet(memory: Memory, set: number, pairs: Int32Array): void {
  const { i32, u8 } = memory;
  const start = word(memory, set + SET.table);
  const mask = word(memory, set + SET.mask);
  u8.fill(0, start, start + (mask + 1) * SET_ENTRY_BYTES);
  for (let index = 0; index < pairs.length; index += 2) {
    const hash = pairs[index + 1] as number;
    const at = freeSlot(i32, start >>> 2, mask, hash);
    i32[at] = pairs[index] as number;
    i32[at + 1] = hash;
  }
  i32[(set + SET.fill) >>> 2] = pairs.length / 2;
}

function freeSlot(i32: Int32Array, table: number, mask: number, hash: number): number {
  let slot = hash & mask;
  for (let perturb = hash >>> 0; ; ) {
    const neighbours = slot + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    for (let at = table + 2 * slot, last = at + 2 * neighbours; at <= last; at += 2)
      if (i32[at] === 0) return at;
    perturb >>>= PERTURB_SHIFT;
    slot = (slot * 5 + 1 + perturb) & mask;
  }
}

/** Entries of a `_Py_hashtable_t`. */
export function hashtableEntries(memory: Memory, hashtable: number): number[] {
  const found: number[] = [];
  const buckets = word(memory, hashtable + HASHTABLE.table);
  const count = word(memory, hashtable + HASHTABLE.buckets);
  for (let bucket = 0; bucket < count; bucket++) {
    let entry = word(memory, buckets + 4 * bucket);
    for (; entry !== 0; entry = word(memory, entry + HASHTABLE_ENTRY.next)) found.push(entry);
  }
  return found;
}

/** Chains its entries by the hashes that stand in them. */
export function fillHashtable(memory: Memory, hashtable: number, entries: readonly number[]): void {
  const { u32 } = memory;
  const first = word(memory, hashtable + HASHTABLE.table) >>> 2;
  const count = word(memory, hashtable + HASHTABLE.buckets);
  u32.fill(0, first, first + count);
  for (const entry of entries) {
    const bucket = first + (word(memory, entry + HASHTABLE_ENTRY.hash) & (count - 1));
    u32[(entry + HASHTABLE_ENTRY.next) >>> 2] = u32[bucket] as number;
    u32[bucket] = entry;
  }
}
