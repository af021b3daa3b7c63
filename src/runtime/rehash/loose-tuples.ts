import {
  BYTES,
  CODE,
  type Memory,
  memoryOf,
  NO_HASH,
  NUMBER,
  OBJECT,
  type PythonSymbols,
  TEXT,
  TEXT_STATE,
  TUPLE,
  word,
} from "./layout.ts";
import { textData } from "./text-hash.ts";
import { findTypes, isCollected, isReferred } from "./types.ts";

/** More items than any tuple of a program has that the collector doesn't know. */
const MOST_ITEMS = 100_000;
/** Tuples and code hold each other so deep. */
const MOST_LEVELS = 100;

/**
 * Tells whether what looks like a tuple that the collector doesn't know is one: it holds sound objects of the kinds that the
 * collector leaves alone, and its hash is what Python says. Of one that was freed and still looks so, no word matters.
 */
export function hasItsHash(python: PythonSymbols): (tuple: number) => boolean {
  const types = findTypes(memoryOf(python), python).all;
  return (tuple) => {
    const memory = memoryOf(python);
    if (!isSoundTuple(memory, python, types, tuple, 0)) return false;
    const at = (tuple + TUPLE.hash) >>> 2;
    const hash = memory.i32[at] as number;
    memory.i32[at] = NO_HASH;
    const told = python._PyObject_Hash(tuple);
    memoryOf(python).i32[at] = hash;
    if (told === NO_HASH) python._PyErr_Clear();
    return told === hash;
  };
}

function isSoundTuple(
  memory: Memory,
  python: PythonSymbols,
  types: ReadonlySet<number>,
  tuple: number,
  level: number,
): boolean {
  const count = word(memory, tuple + TUPLE.length);
  if (level > MOST_LEVELS || count > MOST_ITEMS || !isReferred(memory, tuple)) return false;
  if (tuple + TUPLE.items + 4 * count > memory.u8.length) return false;
  for (let index = 0; index < count; index++) {
    if (!isSound(memory, python, types, word(memory, tuple + TUPLE.items + 4 * index), level + 1))
      return false;
  }
  return true;
}

/** Whether Python can be asked for its hash without harm. */
function isSound(
  memory: Memory,
  python: PythonSymbols,
  types: ReadonlySet<number>,
  item: number,
  level: number,
): boolean {
  const { length: end } = memory.u8;
  if (item === 0 || item & 3 || item >= end || !isReferred(memory, item)) return false;
  const type = word(memory, item + OBJECT.type);
  if (types.has(item) || isCollected(memory, item)) return types.has(type);
  const all = (check: (at: number) => boolean, ...fields: number[]) =>
    fields.every((field) => check(word(memory, item + field)));
  const sound = (at: number) => isSound(memory, python, types, at, level + 1);
  switch (type) {
    case python._PyUnicode_Type: {
      const state = word(memory, item + TEXT.state);
      const kind = (state >>> TEXT_STATE.kindShift) & TEXT_STATE.kindMask;
      return textData(memory, item, state) + kind * word(memory, item + TEXT.length) <= end;
    }
    case python._PyBytes_Type:
      return item + BYTES.data + word(memory, item + BYTES.length) <= end;
    case python._PyLong_Type:
      return word(memory, item + NUMBER.tag) >>> NUMBER.digitsShift < MOST_ITEMS;
    case python._PyTuple_Type:
      return isSoundTuple(memory, python, types, item, level);
    case python._PyCode_Type:
      return (
        level < MOST_LEVELS &&
        all(sound, CODE.constants, CODE.names, CODE.exceptions, CODE.locals, CODE.name, CODE.lines)
      );
    default:
      return [
        python._PyBool_Type,
        python._PyFloat_Type,
        python._PyComplex_Type,
        python._PyEllipsis_Type,
        python.__PyNone_Type,
        python._PyBaseObject_Type,
      ].includes(type);
  }
}
