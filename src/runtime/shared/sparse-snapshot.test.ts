// @vitest-environment node
import { describe, expect, test } from "vitest";
import { packSnapshot, unpackSnapshot } from "./sparse-snapshot.ts";

const PAGE = 4096;
const HEADER = [0x706e7300, 20, 4, 0, 0xabcdef];

/** As `makeMemorySnapshot` gives it: a header, whose second word is its length, then the memory. */
function snapshotOf(memory: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER.length * 4 + memory.length);
  bytes.set(new Uint8Array(new Uint32Array(HEADER).buffer));
  bytes.set(memory, HEADER.length * 4);
  return bytes;
}

/** Pages that are filled with these numbers. */
function memoryOf(...pages: number[]): Uint8Array {
  return Uint8Array.from({ length: pages.length * PAGE }, (_, index) => pages[Math.floor(index / PAGE)] ?? 0);
}

describe("a snapshot", () => {
  test("is the same after packing, without its empty pages", () => {
    const memory = memoryOf(1, 2, 0, 0, 3, 0, 4);
    // A single byte makes a page that must not be left out.
    memory[3 * PAGE - 1] = 9;
    const packed = packSnapshot(snapshotOf(memory), Uint32Array.of(7, 8, 9));
    expect(packed.length).toBeLessThan(6 * PAGE);
    const { header, memoryBytes, runs, plan } = unpackSnapshot(packed.buffer);
    expect(plan && [...plan]).toEqual([7, 8, 9]);
    expect(unpackSnapshot(packSnapshot(snapshotOf(memory)).buffer).plan).toBeNull();
    expect([...new Uint32Array(header.slice().buffer)]).toEqual(HEADER);
    expect(memoryBytes).toBe(memory.length);
    expect(runs.map(([offset, bytes]) => [offset / PAGE, bytes.length / PAGE])).toEqual([
      [0, 3],
      [4, 1],
      [6, 1],
    ]);
    const restored = new Uint8Array(memoryBytes);
    for (const [offset, bytes] of runs) restored.set(bytes, offset);
    expect(restored).toEqual(memory);
  });

  test("that is none, or not all of one, is refused", () => {
    expect(() => packSnapshot(memoryOf(1))).toThrow(/no memory snapshot/);
    const packed = packSnapshot(snapshotOf(memoryOf(1, 0, 2)));
    expect(() => unpackSnapshot(packed.slice(0, -1).buffer)).toThrow(/cut off/);
    expect(() => unpackSnapshot(memoryOf(1).slice().buffer)).toThrow(/damaged/);
  });
});
