import { BYTES, type Memory, TEXT, TEXT_STATE, word } from "./layout.ts";

const MULTIPLIER = 1000003;

/** The two words of `_Py_HashSecret` that CPython's hash of texts takes. */
export interface Secret {
  readonly prefix: number;
  readonly suffix: number;
}

export function secretAt(memory: Memory, address: number): Secret {
  return { prefix: word(memory, address), suffix: word(memory, address + 4) };
}

/**
 * `hash` of `length` bytes at `start`, by CPython's `fnv` (Python/pyhash.c), which 32-bit builds have in the place of SipHash:
 * a word at a time, the last one to four bytes singly.
 */
export function hashBytes(
  { u8, i32 }: Memory,
  start: number,
  length: number,
  { prefix, suffix }: Secret,
): number {
  if (length === 0) return 0;
  const words = (length - 1) >> 2;
  let hash = prefix ^ ((u8[start] as number) << 7);
  let at = start;
  if ((start & 3) === 0) {
    const first = start >>> 2;
    for (let index = first; index < first + words; index++)
      hash = Math.imul(MULTIPLIER, hash) ^ (i32[index] as number);
    at += 4 * words;
  } else {
    for (const end = start + 4 * words; at < end; at += 4)
      hash = Math.imul(MULTIPLIER, hash) ^ unaligned(u8, at);
  }
  for (const end = start + length; at < end; at++) hash = Math.imul(MULTIPLIER, hash) ^ (u8[at] as number);
  hash ^= length ^ suffix;
  return hash === -1 ? -2 : hash;
}

function unaligned(u8: Uint8Array, at: number): number {
  return (
    (u8[at] as number) |
    ((u8[at + 1] as number) << 8) |
    ((u8[at + 2] as number) << 16) |
    ((u8[at + 3] as number) << 24)
  );
}

/** `hash` of the `str` at `address`, from its characters. */
export function hashText(memory: Memory, address: number, secret: Secret): number {
  const state = word(memory, address + TEXT.state);
  const kind = (state >>> TEXT_STATE.kindShift) & TEXT_STATE.kindMask;
  return hashBytes(
    memory,
    textData(memory, address, state),
    word(memory, address + TEXT.length) * kind,
    secret,
  );
}

/** Where its characters are. */
export function textData(memory: Memory, address: number, state: number): number {
  if (!(state & TEXT_STATE.compact)) return word(memory, address + TEXT.data);
  return address + (state & TEXT_STATE.ascii ? TEXT.ascii : TEXT.compact);
}

/** `hash` of the `bytes` at `address`. */
export function hashBytesObject(memory: Memory, address: number, secret: Secret): number {
  return hashBytes(memory, address + BYTES.data, word(memory, address + BYTES.length), secret);
}

/** `Py_HashBuffer` of the C string at `address`. */
export function hashCString(memory: Memory, address: number, secret: Secret): number {
  const end = memory.u8.indexOf(0, address);
  return hashBytes(memory, address, end < 0 ? 0 : end - address, secret);
}
