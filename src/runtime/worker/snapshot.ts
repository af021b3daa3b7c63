import type { PythonModule } from "../rehash/layout.ts";
import { decodePlan } from "../rehash/plan.ts";
import { rehash } from "../rehash/rehash.ts";
import { unpackSnapshot } from "../shared/sparse-snapshot.ts";

/** Goes to `loadPyodide` for a snapshot, which only has to be none to it: `takeSnapshot` gives the real one. */
export const snapshotPlaceholder = new Uint8Array(0);

/** What Pyodide makes its module with. Not public: the exact version is pinned. */
export interface SnapshotOptions {
  readonly API: { restoreSnapshot(bytes: Uint8Array): unknown };
}

/** Emscripten's module. */
export interface SnapshotModule extends PythonModule {
  _emscripten_resize_heap(bytes: number): number;
}

/**
 * Makes Pyodide take `packed` (shared/sparse-snapshot.ts) for its memory, which is new and has been given nothing yet, with a hash
 * secret of its own. It checks the header itself: a snapshot of another build throws.
 */
export function takeSnapshot(
  options: SnapshotOptions,
  module: SnapshotModule,
  packed: ArrayBuffer,
  onRestored: (what: "memory" | "hashes") => void,
): void {
  const { header, memoryBytes, runs, plan } = unpackSnapshot(packed);
  const restore = options.API.restoreSnapshot;
  options.API.restoreSnapshot = () => {
    // A restore does not grow the memory by itself (pyodide issue 6254).
    if (module.HEAPU8.length < memoryBytes && !module._emscripten_resize_heap(memoryBytes))
      throw new Error("The browser has no memory left for Python. Close other tabs and reload the page.");
    for (const [offset, bytes] of runs) module.HEAPU8.set(bytes, offset);
    const config = restore(header);
    onRestored("memory");
    if (plan) rehash(module, decodePlan(plan));
    onRestored("hashes");
    return config;
  };
}
