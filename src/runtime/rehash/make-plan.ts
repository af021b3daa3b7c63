/** Makes the plan of a snapshot by trying it out, in the interpreter that the snapshot was taken of and that is of no further use. */
import { mixedFault, storedHashes, textFault } from "./check-plan.ts";
import {
  BYTES,
  GENERAL_ENTRY,
  type Memory,
  memoryOf,
  NO_HASH,
  type PythonSymbols,
  TEXT,
  TEXT_ENTRY,
  TEXT_STATE,
  TUPLE,
  WEAKREF,
  word,
} from "./layout.ts";
import { hasItsHash } from "./loose-tuples.ts";
import { addressList, type RehashPlan } from "./plan.ts";
import { rehash } from "./rehash.ts";
import { type Survey, survey } from "./survey.ts";
import { keysShape } from "./tables.ts";

/** What the snapshot is given. */
export interface MadePlan {
  readonly plan: RehashPlan;
  /**
   * Where hashes stand that objects keep only to have them: the snapshot has none there, and Python works them out again when it
   * wants them.
   */
  readonly forgotten: readonly number[];
  /** All hashes of the snapshot that a program may have been told. */
  readonly told: ReadonlySet<number>;
}

/**
 * Throws where something of the memory can't be accounted for: then the snapshot may only be used with the secret that it has.
 * The interpreter has another secret afterwards, as if it had been restored.
 */
export function makePlan(python: PythonSymbols): MadePlan {
  const rewind = checkpoint(python);
  const found = survey(python);
  const tuples = found.looseTuples.filter(hasItsHash(python));
  rewind();
  const memory = memoryOf(python);
  const needed = neededTexts(memory, found);
  const isGeneral = (keys: number) => keysShape(memory, keys).isGeneral;
  const forgotten = [
    ...found.kept,
    ...found.texts.filter((text) => !needed.has(text)).map((text) => text + TEXT.hash),
    ...found.bytes.map((bytes) => bytes + BYTES.hash),
    ...tuples.map((tuple) => tuple + TUPLE.hash),
  ];
  const nothing = addressList([]);
  const texts: RehashPlan = {
    secret: addressList([python.__Py_HashSecret]),
    texts: addressList(found.texts.filter((text) => needed.has(text))),
    textKeys: addressList(found.keys.filter((keys) => !isGeneral(keys))),
    mixedKeys: nothing,
    sets: nothing,
    linkHashes: nothing,
    nodeHashes: nothing,
    textHashtables: addressList(found.textHashtables),
    cStringHashtables: addressList(found.cStringHashtables),
  };
  const told = new Set(
    [...needed]
      .map((text) => text + TEXT.hash)
      .concat(forgotten)
      .map((at) => word(memory, at) | 0),
  );
  const others = {
    mixedKeys: found.keys.filter(isGeneral),
    sets: found.sets,
    linkHashes: found.linkHashes,
    nodeHashes: found.nodeHashes,
  };
  const before = storedHashes(memory, others);

  forget(memory, forgotten);
  rehash(python, texts);
  assertSound(textFault(python, found, others.mixedKeys));
  const outdated = found.weakrefs.filter((at) => isOutdated(python, at));

  rewind();
  forget(memoryOf(python), [...forgotten, ...outdated]);
  rehash(python, {
    ...texts,
    mixedKeys: addressList(others.mixedKeys),
    sets: addressList(others.sets),
    linkHashes: addressList(others.linkHashes),
    nodeHashes: addressList(others.nodeHashes),
  });
  const after = storedHashes(memoryOf(python), others);
  const changed = (list: readonly number[]) =>
    addressList(list.filter((at) => before.get(at) !== after.get(at)));
  const plan = {
    ...texts,
    mixedKeys: changed(others.mixedKeys),
    sets: changed(others.sets),
    linkHashes: changed(others.linkHashes),
    nodeHashes: changed(others.nodeHashes),
  };

  rewind();
  forget(memoryOf(python), [...forgotten, ...outdated]);
  rehash(python, plan);
  assertSound(mixedFault(python, others));
  return { plan, forgotten: [...forgotten, ...outdated], told };
}

/**
 * Gives the way back to the memory as it is now. A plan also lists what has been freed and still looks sound: filling that anew does no
 * harm in memory that no code has run in since, but any code of Python may put something else there.
 */
function checkpoint(python: PythonSymbols): () => void {
  const start = memoryOf(python).u8.slice();
  return () => {
    const { u8 } = memoryOf(python);
    u8.set(start);
    // It may have grown; what Python gets anew is empty.
    u8.fill(0, start.length);
  };
}

function assertSound(fault: string | null): void {
  if (fault) throw new Error(`Python's memory can't be given another hash secret: ${fault}.`);
}

/** `memory`: the interpreter's, or a copy. */
function forget({ i32 }: Pick<Memory, "i32">, hashes: readonly number[]): void {
  for (const at of hashes) i32[at >>> 2] = NO_HASH;
}

/** Texts whose hash CPython reads without a look whether there is one. */
function neededTexts(memory: Memory, { texts, keys }: Survey): Set<number> {
  const needed = new Set<number>();
  for (const at of keys) {
    const { entries, count, isGeneral } = keysShape(memory, at);
    const [step, key] = isGeneral
      ? [GENERAL_ENTRY.bytes, GENERAL_ENTRY.key]
      : [TEXT_ENTRY.bytes, TEXT_ENTRY.key];
    for (let index = 0; index < count; index++) needed.add(word(memory, entries + index * step + key));
  }
  const isInterned = (text: number) => word(memory, text + TEXT.state) & TEXT_STATE.interned;
  return new Set(texts.filter((text) => needed.has(text) || isInterned(text)));
}

/** Whether a weak reference has another hash than what it refers to. One whose object is gone keeps its own. */
function isOutdated(python: PythonSymbols, hashAt: number): boolean {
  const memory = memoryOf(python);
  const referent = word(memory, hashAt - WEAKREF.hash + WEAKREF.referent);
  if (referent === python.__Py_NoneStruct) return false;
  const hash = memory.i32[hashAt >>> 2];
  const told = python._PyObject_Hash(referent);
  if (told === NO_HASH)
    throw new Error("Python can't tell the hash of something that is referred to weakly.");
  return told !== hash;
}
