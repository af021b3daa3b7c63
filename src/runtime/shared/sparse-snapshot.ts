/**
 * A memory snapshot without the pages that are zero, a third of it: less to store, to read and to write.
 *
 * Layout, 32-bit words in the byte order of WebAssembly: MAGIC, bytes of Pyodide's header, bytes of the memory, number of runs, number of
 * words of the plan; for each run its offset in the memory and its length; the plan (rehash/plan.ts; none: the memory keeps its
 * hash secret); Pyodide's header; the runs' bytes, one after the other.
 */

/** "RSN2" */
const MAGIC = 0x324e5352;
const HEAD_WORDS = 5;
const PAGE = 4096;
/** Pyodide's own: magic number, then where the memory begins. */
const PYODIDE_MAGIC = 0x706e7300;
const MEMORY_WORD = 1;

/** Where the memory begins in what Pyodide's `makeMemorySnapshot` gave. Throws an Error where it is something else. */
export function memoryStart(snapshot: Uint8Array): number {
  const headerBytes = words(snapshot, 2)[MEMORY_WORD] ?? 0;
  if (words(snapshot, 1)[0] !== PYODIDE_MAGIC || headerBytes % 4 !== 0)
    throw new Error("This is no memory snapshot of the Pyodide that is built in here.");
  return headerBytes;
}

/** What Pyodide's `makeMemorySnapshot` gave, without its empty pages. */
export function packSnapshot(snapshot: Uint8Array, plan = new Uint32Array(0)): Uint8Array<ArrayBuffer> {
  const headerBytes = memoryStart(snapshot);
  const memory = snapshot.subarray(headerBytes);
  const runs = occupiedRuns(memory);
  const table = (HEAD_WORDS + 2 * runs.length + plan.length) * 4;
  const packed = new Uint8Array(table + headerBytes + runs.reduce((sum, [, length]) => sum + length, 0));
  new Uint32Array(packed.buffer, 0, table / 4).set([
    MAGIC,
    headerBytes,
    memory.length,
    runs.length,
    plan.length,
    ...runs.flat(),
  ]);
  packed.set(new Uint8Array(plan.buffer, plan.byteOffset, plan.byteLength), table - plan.byteLength);
  packed.set(snapshot.subarray(0, headerBytes), table);
  let end = table + headerBytes;
  for (const [offset, length] of runs) {
    packed.set(memory.subarray(offset, offset + length), end);
    end += length;
  }
  return packed;
}

export interface UnpackedSnapshot {
  /** Pyodide's header, as it was. */
  readonly header: Uint8Array;
  /** Size of the memory that it was taken of. */
  readonly memoryBytes: number;
  /** What isn't zero: offset in the memory, and the bytes. */
  readonly runs: readonly (readonly [offset: number, bytes: Uint8Array])[];
  /** Null where the memory keeps its hash secret. */
  readonly plan: Uint32Array<ArrayBuffer> | null;
}

/** Views into `packed`; nothing is copied. Throws an Error where it is something else. */
export function unpackSnapshot(packed: ArrayBuffer): UnpackedSnapshot {
  const bytes = new Uint8Array(packed);
  const [magic, headerBytes = 0, memoryBytes = 0, count = 0, planWords = 0] = words(bytes, HEAD_WORDS);
  if (magic !== MAGIC) throw new Error("Python's memory snapshot is damaged. Build again: npm run build");
  const table = words(bytes, HEAD_WORDS + 2 * count).subarray(HEAD_WORDS);
  const planStart = (HEAD_WORDS + 2 * count) * 4;
  const start = planStart + 4 * planWords;
  let end = start + headerBytes;
  const runs = Array.from({ length: count }, (_, index) => {
    const length = table[2 * index + 1] ?? 0;
    end += length;
    return [table[2 * index] ?? 0, bytes.subarray(end - length, end)] as const;
  });
  if (end !== bytes.length)
    throw new Error("Python's memory snapshot is cut off. Build again: npm run build");
  const plan = planWords === 0 ? null : new Uint32Array(packed, planStart, planWords);
  return { header: bytes.subarray(start, start + headerBytes), memoryBytes, runs, plan };
}

/** Offset and length of each stretch of pages with something in them. */
function occupiedRuns(memory: Uint8Array): [offset: number, length: number][] {
  const runs: [number, number][] = [];
  for (let offset = 0; offset < memory.length; offset += PAGE) {
    const page = memory.subarray(offset, offset + PAGE);
    if (page.every((byte) => byte === 0)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === offset) last[1] += page.length;
    else runs.push([offset, page.length]);
  }
  return runs;
}

function words(bytes: Uint8Array, count: number): Uint32Array {
  return new Uint32Array(bytes.slice(0, count * 4).buffer);
}
