// @vitest-environment node
import { describe, expect, test } from "vitest";
import { assembleKernel } from "../build/assemble-kernel.ts";
import { keysFault } from "./check-tables.ts";
import { startKernel } from "./kernel.ts";
import { KERNEL_WASM } from "./kernel-wasm.ts";
import { KEYS, memoryOf, type PythonModule, TEXT, TEXT_ENTRY } from "./layout.ts";
import { addressList } from "./plan.ts";
import { fillIndices, keysShape } from "./tables.ts";
import { hashText } from "./text-hash.ts";

const secret = { prefix: 0x12345678, suffix: 0x9abcdef0 | 0 };
const STACK_END = 1024;
const FIRST_TEXT = 262_144;

/** A memory with nothing in it. */
function emptyPython() {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const python = {
    HEAPU8: new Uint8Array(memory.buffer),
    LDSO: { loadedLibsByName: { __main__: { exports: { memory } } } },
    _emscripten_stack_get_end: () => STACK_END,
  } as unknown as PythonModule;
  return { python, memory: memoryOf(python) };
}

/** Writes `count` texts of all lengths and kinds; gives their addresses. */
function writeTexts({ u8, u32 }: ReturnType<typeof memoryOf>, count: number): number[] {
  let at = FIRST_TEXT;
  return Array.from({ length: count }, (_, index) => {
    const text = at;
    const kind = [1, 2, 4][index % 3] ?? 1;
    const isAscii = kind === 1 && index % 2 === 0;
    const isCompact = index % 7 !== 0;
    const length = 1 + (index % 23);
    u32[(text + TEXT.length) >>> 2] = length;
    u32[(text + TEXT.state) >>> 2] = (kind << 2) | (isCompact ? 32 : 0) | (isAscii ? 64 : 0);
    const data = text + (isCompact ? (isAscii ? TEXT.ascii : TEXT.compact) : 32);
    if (!isCompact) u32[(text + TEXT.data) >>> 2] = data;
    for (let byte = 0; byte < length * kind; byte++) u8[data + byte] = (index * 31 + byte * 17) & 255;
    at = (data + length * kind + 8) & ~7;
    return text;
  });
}

/** Writes a keys object of a dict of these texts, with a deleted entry; gives its address. */
function writeKeys({ u8, u32 }: ReturnType<typeof memoryOf>, at: number, texts: readonly number[]): number {
  const bits = Math.max(3, Math.ceil(Math.log2(texts.length * 1.6)));
  const width = bits < 8 ? 0 : bits < 16 ? 1 : 2;
  u8.set([bits, bits + width, 1], at + KEYS.log2Size);
  u32[(at + KEYS.count) >>> 2] = texts.length;
  const entries = at + KEYS.indices + 2 ** (bits + width);
  texts.forEach((text, index) => {
    const isDeleted = index === 1;
    u32[(entries + TEXT_ENTRY.bytes * index) >>> 2] = isDeleted ? 0 : text;
    u32[(entries + TEXT_ENTRY.bytes * index + TEXT_ENTRY.value) >>> 2] = isDeleted ? 0 : 4;
  });
  return at;
}

describe("the kernel", () => {
  test("is what kernel.wat says: node src/runtime/build/assemble-kernel.ts", () => {
    expect(KERNEL_WASM).toBe(assembleKernel());
  });

  test("hashes as the TypeScript beside it does, texts of each kind and length", () => {
    const { python, memory } = emptyPython();
    const texts = writeTexts(memory, 500);
    startKernel(python).hashTexts(addressList(texts), secret);
    const given = texts.map((text) => memory.i32[(text + TEXT.hash) >>> 2]);
    expect(given).toEqual(texts.map((text) => hashText(memory, text, secret)));
    expect(new Set(given).size).toBeGreaterThan(450);
    expect(memory.u32.slice(STACK_END / 4, STACK_END / 4 + 500).every((word) => word === 0)).toBe(true);
  });

  test.each([5, 100, 140, 30_000])(
    "fills the indices of %i keys so that each is found, as the TypeScript does",
    (count) => {
      const { python, memory } = emptyPython();
      const texts = writeTexts(memory, count);
      const kernel = startKernel(python);
      kernel.hashTexts(addressList(texts), secret);
      const keys = writeKeys(memory, 3_000_000, texts);
      expect(keysFault(memory, keys)).not.toBeNull();
      kernel.fillIndices(addressList([keys]));
      expect(keysFault(memory, keys)).toBeNull();
      const { indices, entries } = keysShape(memory, keys);
      const given = memory.u8.slice(indices, entries);
      memory.u8.fill(0, indices, entries);
      fillIndices(memory, keys);
      expect(Buffer.from(given).equals(memory.u8.subarray(indices, entries))).toBe(true);
    },
  );
});
