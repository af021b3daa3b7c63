/**
 * Gives an interpreter another hash secret: all hashes that rest on it are worked out again and all tables that they lead through
 * are filled anew, by a plan of where they are. It runs at each start, on memory that no code has run in yet.
 */
import { type Kernel, startKernel } from "./kernel.ts";
import {
  GENERAL_ENTRY,
  HASHTABLE_ENTRY,
  LRU_LINK,
  type Memory,
  memoryOf,
  NO_HASH,
  ORDERED_NODE,
  type PythonModule,
  TEXT,
  word,
} from "./layout.ts";
import { addressesOf, type RehashPlan } from "./plan.ts";
import { fillHashtable, fillIndices, fillSet, hashtableEntries, keysShape, setEntries } from "./tables.ts";
import { hashCString, type Secret, secretAt } from "./text-hash.ts";

/** Bytes of `_Py_HashSecret`. */
const SECRET_BYTES = 24;

/** Throws where Python can't tell a hash: then the interpreter is of no use. */
export function rehash(module: PythonModule, plan: RehashPlan): void {
  const memory = memoryOf(module);
  const [address = 0] = addressesOf(plan.secret);
  memory.u8.set(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)), address);
  const secret = secretAt(memory, address);
  rehashTexts(memory, startKernel(module), plan, secret);
  rehashOthers(module, plan);
}

/** All that needs nothing but the memory: afterwards `str` and all tables of them are right. */
function rehashTexts(memory: Memory, kernel: Kernel, plan: RehashPlan, secret: Secret): void {
  const { i32 } = memory;
  kernel.hashTexts(plan.texts, secret);
  kernel.fillIndices(plan.textKeys);
  const refill = (hashtable: number, hashOf: (key: number) => number) => {
    const entries = hashtableEntries(memory, hashtable);
    for (const entry of entries)
      i32[(entry + HASHTABLE_ENTRY.hash) >>> 2] = hashOf(word(memory, entry + HASHTABLE_ENTRY.key));
    fillHashtable(memory, hashtable, entries);
  };
  for (const hashtable of addressesOf(plan.textHashtables))
    refill(hashtable, (key) => word(memory, key + TEXT.hash));
  for (const hashtable of addressesOf(plan.cStringHashtables))
    refill(hashtable, (key) => hashCString(memory, key, secret));
}

/** All that has keys of other kinds, whose hashes Python itself tells. */
function rehashOthers(module: PythonModule, plan: RehashPlan): void {
  let memory = memoryOf(module);
  const hashOf = (key: number) => {
    const hash = module._PyObject_Hash(key);
    if (hash === NO_HASH)
      throw new Error("Python can't tell the hash of a key that its memory was made with.");
    // It may have grown.
    if (module.HEAPU8.buffer !== memory.u8.buffer) memory = memoryOf(module);
    return hash;
  };
  for (const keys of addressesOf(plan.mixedKeys)) {
    const { entries, count } = keysShape(memory, keys);
    for (let index = 0, at = entries; index < count; index++, at += GENERAL_ENTRY.bytes) {
      if (word(memory, at + GENERAL_ENTRY.value) === 0) continue;
      const hash = hashOf(word(memory, at + GENERAL_ENTRY.key));
      memory.i32[(at + GENERAL_ENTRY.hash) >>> 2] = hash;
    }
    fillIndices(memory, keys);
  }
  for (const set of addressesOf(plan.sets)) {
    const pairs = setEntries(memory, set);
    for (let index = 0; index < pairs.length; index += 2) pairs[index + 1] = hashOf(pairs[index] ?? 0);
    fillSet(memory, set, pairs);
  }
  const renew = (hashAt: number, keyAt: number) => {
    const hash = hashOf(word(memory, keyAt));
    memory.i32[hashAt >>> 2] = hash;
  };
  for (const at of addressesOf(plan.linkHashes)) renew(at, at + LRU_LINK.key - LRU_LINK.hash);
  for (const at of addressesOf(plan.nodeHashes)) renew(at, at + ORDERED_NODE.key - ORDERED_NODE.hash);
}
