/** Whether CPython's tables fit the hashes of their keys: what a look-up finds, worked out from the memory alone. */
import {
  GENERAL_ENTRY,
  HASHTABLE,
  HASHTABLE_ENTRY,
  KEYS,
  type Memory,
  NO_HASH,
  SET,
  TEXT,
  TEXT_ENTRY,
  word,
} from "./layout.ts";
import { indicesOf, keysShape, setEntries } from "./tables.ts";

/** The largest table that is taken for one. */
const MOST_BITS = 24;

/** What is wrong with a dict's keys object; null for nothing: each entry is found, and no index leads elsewhere. */
export function keysFault(memory: Memory, keys: number): string | null {
  const end = memory.u8.length;
  const bits = memory.u8[keys + KEYS.log2Size] ?? 99;
  const byteBits = memory.u8[keys + KEYS.log2Bytes] ?? 99;
  if (keys <= 0 || keys & 3 || (memory.u8[keys + KEYS.kind] ?? 99) > 2) return "no keys object";
  // Those that all empty dicts share have an index of 8 bytes.
  if (word(memory, keys + KEYS.count) === 0) return null;
  if (bits > MOST_BITS || byteBits < bits || byteBits > bits + 2) return "no keys object";
  const shape = keysShape(memory, keys);
  const { mask, isGeneral, isSplit, count, entries } = shape;
  const step = isGeneral ? GENERAL_ENTRY.bytes : TEXT_ENTRY.bytes;
  if (count > mask || entries + count * step > end) return "more entries than places";
  const table = indicesOf(memory, shape);
  let taken = 0;
  for (const index of table) if (index >= 0) taken += 1;
  let live = 0;
  for (let index = 0; index < count; index++) {
    const at = entries + index * step;
    const key = word(memory, at + (isGeneral ? GENERAL_ENTRY.key : TEXT_ENTRY.key));
    if (!isSplit && word(memory, at + (isGeneral ? GENERAL_ENTRY.value : TEXT_ENTRY.value)) === 0) continue;
    live += 1;
    const hash = word(memory, isGeneral ? at + GENERAL_ENTRY.hash : key + TEXT.hash) | 0;
    if (key === 0 || hash === NO_HASH) return `entry ${index} has no hash`;
    let slot = hash & mask;
    let perturb = hash >>> 0;
    for (let tries = 0; table[slot] !== index; tries++) {
      if (table[slot] === -1 || tries > mask + 8) return `entry ${index} is not found`;
      perturb >>>= 5;
      slot = (slot * 5 + perturb + 1) & mask;
    }
  }
  return live === taken ? null : `${taken} indices for ${live} entries`;
}

/** The same of a set. */
export function setFault(memory: Memory, set: number): string | null {
  const mask = word(memory, set + SET.mask);
  const start = word(memory, set + SET.table);
  const used = word(memory, set + SET.used);
  if (mask & (mask + 1) || mask < 7 || mask >= 2 ** MOST_BITS) return "no set";
  if (start === 0 || start & 3 || start + 8 * (mask + 1) > memory.u8.length) return "its table is elsewhere";
  if (used > word(memory, set + SET.fill) || word(memory, set + SET.fill) > mask)
    return "its counts are wrong";
  let pairs: Int32Array;
  try {
    pairs = setEntries(memory, set);
  } catch {
    return "its count is wrong";
  }
  for (let index = 0; index < pairs.length; index += 2) {
    if (!findInSet(memory, start >>> 2, mask, pairs[index] ?? 0, pairs[index + 1] ?? 0))
      return `the key at ${pairs[index]} is not found`;
  }
  return null;
}

function findInSet({ i32 }: Memory, table: number, mask: number, key: number, hash: number): boolean {
  let slot = hash & mask;
  let perturb = hash >>> 0;
  for (let tries = 0; tries <= mask + 8; tries++) {
    const neighbours = slot + 9 <= mask ? 9 : 0;
    for (let at = table + 2 * slot, last = at + 2 * neighbours; at <= last; at += 2) {
      if (i32[at] === key && i32[at + 1] === hash) return true;
      if (i32[at] === 0 && i32[at + 1] === 0) return false;
    }
    perturb >>>= 5;
    slot = (slot * 5 + 1 + perturb) & mask;
  }
  return false;
}

/** The same of what may be a `_Py_hashtable_t`. */
export function hashtableFault(memory: Memory, hashtable: number): string | null {
  const count = word(memory, hashtable + HASHTABLE.buckets);
  const table = word(memory, hashtable + HASHTABLE.table);
  if (count < 16 || count & (count - 1) || count > 2 ** 20) return "no hashtable";
  if (table === 0 || table & 3 || table + 4 * count > memory.u8.length) return "its buckets are elsewhere";
  let chained = 0;
  const expected = word(memory, hashtable + HASHTABLE.entries);
  for (let bucket = 0; bucket < count; bucket++) {
    let entry = word(memory, table + 4 * bucket);
    for (; entry !== 0; entry = word(memory, entry)) {
      if (entry & 3 || entry >= memory.u8.length || ++chained > expected) return "its chains are wrong";
      if ((word(memory, entry + HASHTABLE_ENTRY.hash) & (count - 1)) !== bucket) return "a wrong bucket";
    }
  }
  return chained === expected ? null : "its count is wrong";
}
