import { hashtableFault, keysFault, setFault } from "./check-tables.ts";
import {
  GENERAL_ENTRY,
  HASHTABLE_ENTRY,
  LRU_LINK,
  type Memory,
  memoryOf,
  NO_HASH,
  ORDERED_NODE,
  type PythonSymbols,
  TEXT,
  word,
} from "./layout.ts";
import type { Survey } from "./survey.ts";
import { hashtableEntries, keysShape, setEntries } from "./tables.ts";
import { hashCString, hashText, secretAt } from "./text-hash.ts";

type Mixed = Record<"mixedKeys" | "sets" | "linkHashes" | "nodeHashes", readonly number[]>;

/** The hashes that stand in each table, as a text to compare. */
export function storedHashes(
  memory: Memory,
  { mixedKeys, sets, linkHashes, nodeHashes }: Mixed,
): Map<number, string> {
  const pairsOf = (pairs: Iterable<Pair>) =>
    [...pairs]
      .map(({ key, hash }) => `${key}:${hash}`)
      .sort()
      .join();
  return new Map([
    ...mixedKeys.map((keys) => [keys, pairsOf(generalPairs(memory, keys))] as const),
    ...sets.map((set) => [set, pairsOf(setPairs(memory, set))] as const),
    ...[...linkHashes, ...nodeHashes].map((at) => [at, String(word(memory, at))] as const),
  ]);
}

/** The address of a key, and the hash that its table has for it. */
interface Pair {
  readonly key: number;
  readonly hash: number;
}

function* generalPairs(memory: Memory, keys: number): Generator<Pair> {
  const { entries, count } = keysShape(memory, keys);
  for (let index = 0, at = entries; index < count; index++, at += GENERAL_ENTRY.bytes) {
    if (word(memory, at + GENERAL_ENTRY.value) === 0) continue;
    yield { key: word(memory, at + GENERAL_ENTRY.key), hash: word(memory, at + GENERAL_ENTRY.hash) | 0 };
  }
}

function* setPairs(memory: Memory, set: number): Generator<Pair> {
  const pairs = setEntries(memory, set);
  for (let index = 0; index < pairs.length; index += 2)
    yield { key: pairs[index] ?? 0, hash: pairs[index + 1] ?? 0 };
}

/**
 * What rests on texts alone and is not right now, with another secret; null where all is. To be asked before Python runs again: what
 * was freed is looked at too.
 */
export function textFault(python: PythonSymbols, found: Survey, mixedKeys: readonly number[]): string | null {
  const memory = memoryOf(python);
  const secret = secretAt(memory, python.__Py_HashSecret);
  for (const text of found.texts) {
    const hash = word(memory, text + TEXT.hash) | 0;
    if (hash !== NO_HASH && hash !== hashText(memory, text, secret))
      return `the hash of the text at ${text} is old`;
  }
  const mixed = new Set(mixedKeys);
  for (const keys of found.keys) {
    const fault = mixed.has(keys) ? null : keysFault(memory, keys);
    if (fault) return `the dict's keys at ${keys}: ${fault}`;
  }
  for (const hashtable of [...found.textHashtables, ...found.cStringHashtables]) {
    const fault = hashtableFault(memory, hashtable);
    if (fault) return `the hashtable at ${hashtable}: ${fault}`;
  }
  for (const { key, hash } of hashtablePairs(memory, found.textHashtables))
    if (hashText(memory, key, secret) !== hash) return `a hashtable has an old hash of the text at ${key}`;
  for (const { key, hash } of hashtablePairs(memory, found.cStringHashtables))
    if (hashCString(memory, key, secret) !== hash)
      return `a hashtable has an old hash of the string at ${key}`;
  return null;
}

/** The same of all other tables, whose keys' hashes Python tells. */
export function mixedFault(python: PythonSymbols, others: Mixed): string | null {
  const memory = memoryOf(python);
  for (const keys of others.mixedKeys) {
    const fault = keysFault(memory, keys);
    if (fault) return `the dict's keys at ${keys}: ${fault}`;
  }
  for (const set of others.sets) {
    const fault = setFault(memory, set);
    if (fault) return `the set at ${set}: ${fault}`;
  }
  for (const { key, hash } of [...mixedPairs(memory, others)])
    if (python._PyObject_Hash(key) !== hash) return `a table has an old hash of the key at ${key}`;
  return null;
}

function* hashtablePairs(memory: Memory, hashtables: readonly number[]): Generator<Pair> {
  for (const hashtable of hashtables)
    for (const entry of hashtableEntries(memory, hashtable))
      yield {
        key: word(memory, entry + HASHTABLE_ENTRY.key),
        hash: word(memory, entry + HASHTABLE_ENTRY.hash) | 0,
      };
}

function* mixedPairs(memory: Memory, found: Mixed): Generator<Pair> {
  for (const keys of found.mixedKeys) yield* generalPairs(memory, keys);
  for (const set of found.sets) yield* setPairs(memory, set);
  const pair = (hashAt: number, keyAt: number) => ({
    key: word(memory, keyAt),
    hash: word(memory, hashAt) | 0,
  });
  for (const at of found.linkHashes) yield pair(at, at + LRU_LINK.key - LRU_LINK.hash);
  for (const at of found.nodeHashes) yield pair(at, at + ORDERED_NODE.key - ORDERED_NODE.hash);
}
