import {
  COLLECTED_HEADER_BYTES,
  type Memory,
  OBJECT,
  type PythonSymbols,
  TYPE,
  TYPE_FLAGS,
  word,
} from "./layout.ts";

/** All types that are there, found in the memory. */
export interface Types {
  readonly all: ReadonlySet<number>;
  /** Those with this flag of `tp_flags`. */
  withFlag(flag: number): Set<number>;
  /** `base` and what is derived from it. */
  derivedFrom(base: number): Set<number>;
  /** Those of this `tp_name`. */
  named(name: string): number[];
}

export function findTypes(memory: Memory, symbols: PythonSymbols): Types {
  const { u32 } = memory;
  const { _PyType_Type: type } = symbols;
  const found = new Set<number>();
  const metatypes = new Set([type]);
  const last = u32.length - TYPE.base / 4;
  // Once more for each metaclass of a metaclass.
  for (let before = -1; before < metatypes.size; ) {
    before = metatypes.size;
    for (let index = 1; index < last; index++) {
      if (!metatypes.has(u32[index] as number)) continue;
      const address = 4 * index - 4;
      const flags = word(memory, address + TYPE.flags);
      if (!(flags & TYPE_FLAGS.ready)) continue;
      if (flags & TYPE_FLAGS.heap ? !isCollected(memory, address) : !isNamed(memory, address)) continue;
      found.add(address);
      if (flags & TYPE_FLAGS.type) metatypes.add(address);
    }
  }
  const flagsOf = (address: number) => word(memory, address + TYPE.flags);
  const isDerived = (address: number, base: number) => {
    for (let at = address; at !== 0; at = word(memory, at + TYPE.base)) if (at === base) return true;
    return false;
  };
  return {
    all: found,
    withFlag: (flag) => new Set([...found].filter((address) => flagsOf(address) & flag)),
    derivedFrom: (base) => new Set([...found].filter((address) => isDerived(address, base))),
    named: (name) => [...found].filter((address) => nameOf(memory, address) === name),
  };
}

/**
 * Whether the collector knows the object: it is in one of its lists, whose neighbours name it. An object that was freed is not.
 */
export function isCollected(memory: Memory, address: number): boolean {
  const header = address - COLLECTED_HEADER_BYTES;
  // The lowest bits are flags.
  const next = word(memory, header) & ~3;
  const previous = word(memory, header + 4) & ~3;
  return (
    next > 0 &&
    previous > 0 &&
    (word(memory, next + 4) & ~3) === header &&
    (word(memory, previous) & ~3) === header
  );
}

/** What is beyond, and isn't immortal, is the address of the next free object. */
const MOST_REFERENCES = 2 ** 20;
const IMMORTAL = 2 ** 28;

/** Whether the object is referred to. One that was freed is not: its count is 0, or the list of free ones goes through it. */
export function isReferred(memory: Memory, address: number): boolean {
  const count = word(memory, address + OBJECT.refcount);
  return (count > 0 && count < MOST_REFERENCES) || count >= IMMORTAL;
}

/** `tp_name`. */
function nameOf({ u8, u32 }: Memory, type: number): string {
  const start = u32[(type + TYPE.name) >>> 2] ?? 0;
  const end = u8.indexOf(0, start);
  return end - start > 0 && end - start < 200 ? new TextDecoder().decode(u8.slice(start, end)) : "";
}

function isNamed(memory: Memory, type: number): boolean {
  return /^[\w.]+$/.test(nameOf(memory, type));
}
