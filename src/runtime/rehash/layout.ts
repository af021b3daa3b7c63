/**
 * Where CPython 3.14 keeps what here is read and written, in 32-bit memory: byte offsets into its structures (Include/cpython/
 * unicodeobject.h, bytesobject.h, tupleobject.h, setobject.h, object.h, Include/internal/pycore_dict.h, Objects/odictobject.c,
 * Modules/_functoolsmodule.c, Python/hashtable.c). With another layout nothing is proved by what is found (survey.ts), and the trial
 * (`runnel.keeping.hashes`) finds hashes that are old: no plan is made.
 */

export const OBJECT = { refcount: 0, type: 4 };
export const TEXT = { length: 8, hash: 12, state: 16, ascii: 20, compact: 28, data: 28 };
/** Bits of TEXT.state; the kind (bytes of a character) lies above `kindShift`. */
export const TEXT_STATE = { interned: 3, kindShift: 2, kindMask: 7, compact: 32, ascii: 64 };
export const BYTES = { length: 8, hash: 12, data: 16 };
export const TUPLE = { length: 8, hash: 12, items: 16 };
/** The number of an int's digits stands above `digitsShift`. */
export const NUMBER = { tag: 8, digitsShift: 3 };
/** What a code object's hash is made of. */
export const CODE = { constants: 12, names: 16, exceptions: 20, locals: 72, name: 84, lines: 92 };
export const DICT = { used: 8, keys: 24 };
export const KEYS = { log2Size: 4, log2Bytes: 5, kind: 6, count: 16, indices: 20 };
export const GENERAL_KEYS = 0;
export const SPLIT_KEYS = 2;
/** Entries: (hash, key, value) where keys are of any kind, else (key, value). */
export const GENERAL_ENTRY = { hash: 0, key: 4, value: 8, bytes: 12 };
export const TEXT_ENTRY = { key: 0, value: 4, bytes: 8 };
export const SET = { fill: 8, used: 12, mask: 16, table: 20, hash: 24 };
/** (key, hash) */
export const SET_ENTRY_BYTES = 8;
export const ORDERED = { first: 32 };
export const ORDERED_NODE = { key: 0, hash: 4, next: 8 };
/** The cache begins with the root of its circular list of links. */
export const LRU_LINK = { next: 12, hash: 16, key: 20 };
export const WEAKREF = { referent: 8, hash: 16 };
export const MEMORYVIEW = { hash: 40 };
export const DATE = { hash: 8, hasZone: 12, data: 13 };
export const HASHTABLE = { entries: 0, buckets: 4, table: 8, bytes: 36 };
export const HASHTABLE_ENTRY = { next: 0, hash: 4, key: 8 };
export const TYPE = { name: 12, basicSize: 16, flags: 84, base: 128, heapName: 428, cachedKeys: 440 };
export const TYPE_FLAGS = {
  heap: 1 << 9,
  ready: 1 << 12,
  collected: 1 << 14,
  tuple: 1 << 26,
  bytes: 1 << 27,
  text: 1 << 28,
  dict: 1 << 29,
  type: 1 << 31,
};
/** Before each object that the collector knows. */
export const COLLECTED_HEADER_BYTES = 8;

/** The hash that is none. */
export const NO_HASH = -1;

/** Emscripten's module: functions and addresses of CPython's variables, by their names with an underscore before. */
export interface PythonModule {
  readonly HEAPU8: Uint8Array;
  /** What is linked: Python itself, and no compiled package yet. */
  readonly LDSO: {
    readonly loadedLibsByName: {
      readonly __main__: { readonly exports: { readonly memory: WebAssembly.Memory } };
    };
  };
  /** The stack grows down to there. */
  _emscripten_stack_get_end(): number;
  /** Calls a type's own function; -1 for an error, which is then set. */
  _PyObject_Hash(object: number): number;
}

/** What the survey asks of it besides. */
export interface PythonSymbols extends PythonModule {
  readonly __Py_HashSecret: number;
  readonly _PyType_Type: number;
  readonly _PyUnicode_Type: number;
  readonly _PyBytes_Type: number;
  readonly _PyTuple_Type: number;
  readonly _PyLong_Type: number;
  readonly _PyFloat_Type: number;
  readonly _PyComplex_Type: number;
  readonly _PyBool_Type: number;
  readonly _PyCode_Type: number;
  readonly _PyEllipsis_Type: number;
  readonly __PyNone_Type: number;
  readonly _PyBaseObject_Type: number;
  readonly _PySet_Type: number;
  readonly _PyFrozenSet_Type: number;
  readonly _PyODict_Type: number;
  readonly _PyMemoryView_Type: number;
  readonly __PyWeakref_RefType: number;
  readonly __Py_NoneStruct: number;
  _PyErr_Clear(): void;
}

/** The interpreter's memory in words of each size. It moves when it grows: `memoryOf` again after Python has run. */
export interface Memory {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
}

export function memoryOf({ HEAPU8: { buffer } }: Pick<PythonModule, "HEAPU8">): Memory {
  return {
    u8: new Uint8Array(buffer),
    u16: new Uint16Array(buffer),
    u32: new Uint32Array(buffer),
    i32: new Int32Array(buffer),
  };
}

/** The word at `address`; 0 outside of the memory. */
export function word({ u32 }: Memory, address: number): number {
  return u32[address >>> 2] ?? 0;
}
