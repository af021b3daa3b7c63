/**
 * Finds in an interpreter's memory all that depends on its hash secret. What is found is proved by it: a text by its keyed hash, a
 * table by each of its keys being where that leads; objects that the collector knows are there for certain, and one of those that
 * doesn't fit throws.
 */
import { hashtableFault, keysFault, setFault } from "./check-tables.ts";
import {
  BYTES,
  DATE,
  DICT,
  HASHTABLE,
  HASHTABLE_ENTRY,
  LRU_LINK,
  MEMORYVIEW,
  type Memory,
  memoryOf,
  NO_HASH,
  ORDERED,
  ORDERED_NODE,
  type PythonSymbols,
  SET,
  TEXT,
  TEXT_STATE,
  TUPLE,
  TYPE,
  TYPE_FLAGS,
  WEAKREF,
  word,
} from "./layout.ts";
import { keysShape } from "./tables.ts";
import {
  hashBytes,
  hashBytesObject,
  hashCString,
  hashText,
  type Secret,
  secretAt,
  textData,
} from "./text-hash.ts";
import { findTypes, isCollected, isReferred, type Types } from "./types.ts";

/** Addresses. */
export interface Survey {
  /** `str` with a hash. */
  readonly texts: readonly number[];
  /** `bytes` with a hash. */
  readonly bytes: readonly number[];
  /** Hashes that objects keep only to have them: they are worked out again when they are asked for. */
  readonly kept: readonly number[];
  /** Tuples with a hash that the collector doesn't know; not proved. */
  readonly looseTuples: readonly number[];
  /** Hashes of weak references: those of what they refer to. */
  readonly weakrefs: readonly number[];
  /** Keys objects of dicts. */
  readonly keys: readonly number[];
  readonly sets: readonly number[];
  /** Hashes beside the address of their key, 4 bytes before or after it: links of caches, nodes of ordered dicts. */
  readonly linkHashes: readonly number[];
  readonly nodeHashes: readonly number[];
  /** `_Py_hashtable_t` with `str`, and with C's strings. */
  readonly textHashtables: readonly number[];
  readonly cStringHashtables: readonly number[];
}

export function survey(symbols: PythonSymbols): Survey {
  const memory = memoryOf(symbols);
  const secret = secretAt(memory, symbols.__Py_HashSecret);
  const types = findTypes(memory, symbols);
  const objects = objectsOf(memory, types, symbols);
  const texts = objects.texts.filter((at) => isText(memory, at, secret));
  const proved = new Set(texts);
  const hashtables = findHashtables(memory);
  const kindOf = (hashtable: number) => hashtableKind(memory, hashtable, proved, secret);
  return {
    texts,
    bytes: objects.bytes.filter((at) => isBytes(memory, at, secret)),
    ...caches(memory, objects, secret),
    keys: findKeys(memory, types, objects.dicts),
    sets: objects.sets.filter((at) => isTable(memory, at, "set", setFault(memory, at), true)),
    linkHashes: objects.lruCaches.flatMap((at) => linksOf(memory, at)),
    nodeHashes: objects.orderedDicts.flatMap((at) => nodesOf(memory, at)),
    textHashtables: hashtables.filter((at) => kindOf(at) === "text"),
    cStringHashtables: hashtables.filter((at) => kindOf(at) === "C string"),
  };
}

/** All objects of these kinds, and what only looks like them. */
interface Objects {
  readonly texts: number[];
  readonly bytes: number[];
  readonly tuples: number[];
  readonly dicts: number[];
  readonly orderedDicts: number[];
  readonly sets: number[];
  readonly frozensets: number[];
  readonly lruCaches: number[];
  readonly weakrefs: number[];
  readonly memoryviews: number[];
  readonly dates: number[];
}

function objectsOf(memory: Memory, types: Types, symbols: PythonSymbols): Objects {
  const objects: Objects = {
    texts: [],
    bytes: [],
    tuples: [],
    dicts: [],
    orderedDicts: [],
    sets: [],
    frozensets: [],
    lruCaches: [],
    weakrefs: [],
    memoryviews: [],
    dates: [],
  };
  const kinds = new Map<number, number[][]>();
  const add = (of: Iterable<number>, list: number[]) => {
    for (const type of of) kinds.set(type, [...(kinds.get(type) ?? []), list]);
  };
  const named = (...names: string[]) =>
    names.flatMap((name) => types.named(name).flatMap((type) => [...types.derivedFrom(type)]));
  add(types.withFlag(TYPE_FLAGS.text), objects.texts);
  add(types.withFlag(TYPE_FLAGS.bytes), objects.bytes);
  add(types.withFlag(TYPE_FLAGS.tuple), objects.tuples);
  add(types.withFlag(TYPE_FLAGS.dict), objects.dicts);
  add(types.derivedFrom(symbols._PyODict_Type), objects.orderedDicts);
  add(
    [...types.derivedFrom(symbols._PySet_Type), ...types.derivedFrom(symbols._PyFrozenSet_Type)],
    objects.sets,
  );
  add(types.derivedFrom(symbols._PyFrozenSet_Type), objects.frozensets);
  add(types.derivedFrom(symbols.__PyWeakref_RefType), objects.weakrefs);
  add(types.derivedFrom(symbols._PyMemoryView_Type), objects.memoryviews);
  add(named("functools._lru_cache_wrapper"), objects.lruCaches);
  add(new Set(named("datetime.date", "datetime.time")), objects.dates);
  const { u32 } = memory;
  for (let index = 1; index < u32.length; index++) {
    const lists = kinds.get(u32[index] as number);
    if (lists) for (const list of lists) list.push(4 * index - 4);
  }
  return objects;
}

function isText(memory: Memory, at: number, secret: Secret): boolean {
  const hash = word(memory, at + TEXT.hash) | 0;
  const length = word(memory, at + TEXT.length);
  if (hash === NO_HASH || length === 0 || !isReferred(memory, at)) return false;
  const state = word(memory, at + TEXT.state);
  const kind = (state >>> TEXT_STATE.kindShift) & TEXT_STATE.kindMask;
  if (kind !== 1 && kind !== 2 && kind !== 4) return false;
  const data = textData(memory, at, state);
  return data > 0 && data + length * kind <= memory.u8.length && hashText(memory, at, secret) === hash;
}

function isBytes(memory: Memory, at: number, secret: Secret): boolean {
  const hash = word(memory, at + BYTES.hash) | 0;
  const length = word(memory, at + BYTES.length);
  if (
    hash === NO_HASH ||
    length === 0 ||
    !isReferred(memory, at) ||
    at + BYTES.data + length > memory.u8.length
  )
    return false;
  return hashBytesObject(memory, at, secret) === hash;
}

/**
 * A table that the collector knows must be sound. One that it doesn't know was freed, or is one of Python's own with texts for
 * keys: if it is sound, it does no harm to fill it again, as none of its keys is asked for anything.
 */
function isTable(memory: Memory, at: number, what: string, fault: string | null, asks: boolean): boolean {
  const isThere = isCollected(memory, at);
  if (isThere && fault) throw new Error(`A ${what} of Python's memory can't be read: ${fault}.`);
  return fault === null && (isThere || !asks);
}

function findKeys(memory: Memory, types: Types, dicts: readonly number[]): number[] {
  const found = new Set<number>();
  for (const at of dicts) {
    const keys = word(memory, at + DICT.keys);
    if (isTable(memory, at, "dict", keysFault(memory, keys), keysShape(memory, keys).isGeneral))
      found.add(keys);
  }
  for (const type of types.withFlag(TYPE_FLAGS.heap)) {
    const keys = word(memory, type + TYPE.cachedKeys);
    if (keys !== 0 && isTable(memory, type, "class", keysFault(memory, keys), false)) found.add(keys);
  }
  return [...found].filter((keys) => keysShape(memory, keys).count > 0);
}

function caches(
  memory: Memory,
  objects: Objects,
  secret: Secret,
): Pick<Survey, "kept" | "looseTuples" | "weakrefs"> {
  const hashed = (list: readonly number[], offset: number) =>
    list.filter((at) => (word(memory, at + offset) | 0) !== NO_HASH);
  const tuples = hashed(objects.tuples, TUPLE.hash);
  const kept: number[] = [];
  const keep = (list: readonly number[], offset: number) => kept.push(...list.map((at) => at + offset));
  keep(
    tuples.filter((at) => isCollected(memory, at)),
    TUPLE.hash,
  );
  keep(
    hashed(objects.frozensets, SET.hash).filter((at) => isCollected(memory, at)),
    SET.hash,
  );
  keep(
    hashed(objects.memoryviews, MEMORYVIEW.hash).filter((at) => isCollected(memory, at)),
    MEMORYVIEW.hash,
  );
  keep(
    hashed(objects.dates, DATE.hash).filter((at) =>
      [4, 6, 10].some(
        (size) => hashBytes(memory, at + DATE.data, size, secret) === (word(memory, at + DATE.hash) | 0),
      ),
    ),
    DATE.hash,
  );
  return {
    kept,
    looseTuples: tuples.filter((at) => !isCollected(memory, at)),
    weakrefs: hashed(objects.weakrefs, WEAKREF.hash)
      .filter((at) => isCollected(memory, at))
      .map((at) => at + WEAKREF.hash),
  };
}

function linksOf(memory: Memory, cache: number): number[] {
  if (!isCollected(memory, cache)) return [];
  const found: number[] = [];
  for (let at = word(memory, cache + LRU_LINK.next); at !== cache; at = word(memory, at + LRU_LINK.next)) {
    if (at === 0 || found.length > 1e6) throw new Error("A cache of Python's memory can't be read.");
    found.push(at + LRU_LINK.hash);
  }
  return found;
}

function nodesOf(memory: Memory, dict: number): number[] {
  if (!isCollected(memory, dict)) return [];
  const found: number[] = [];
  const used = word(memory, dict + DICT.used);
  for (let at = word(memory, dict + ORDERED.first); at !== 0; at = word(memory, at + ORDERED_NODE.next)) {
    found.push(at + ORDERED_NODE.hash);
    if (found.length > used) break;
  }
  if (found.length !== used) throw new Error("An ordered dict of Python's memory can't be read.");
  return found;
}

function findHashtables(memory: Memory): number[] {
  const found: number[] = [];
  const last = memory.u8.length - HASHTABLE.bytes;
  for (let at = 8; at < last; at += 4) {
    const count = word(memory, at + HASHTABLE.buckets);
    if (count < 16 || count & (count - 1)) continue;
    if (word(memory, at + HASHTABLE.entries) === 0 || hashtableFault(memory, at) !== null) continue;
    found.push(at);
  }
  return found;
}

/** By what its keys' hashes are those of. */
function hashtableKind(memory: Memory, hashtable: number, texts: ReadonlySet<number>, secret: Secret) {
  const kinds = new Set<string>();
  const table = word(memory, hashtable + HASHTABLE.table);
  for (let bucket = 0; bucket < word(memory, hashtable + HASHTABLE.buckets); bucket++) {
    for (let entry = word(memory, table + 4 * bucket); entry !== 0; entry = word(memory, entry)) {
      const hash = word(memory, entry + HASHTABLE_ENTRY.hash) | 0;
      const key = word(memory, entry + HASHTABLE_ENTRY.key);
      // Of any secret; only one of all texts.
      if (hash === 0) continue;
      if (texts.has(key) && (word(memory, key + TEXT.hash) | 0) === hash) kinds.add("text");
      else if (hashCString(memory, key, secret) === hash) kinds.add("C string");
      else kinds.add("other");
    }
  }
  return kinds.size === 1 ? [...kinds][0] : "other";
}
