import type { PyodideAPI } from "pyodide";
import type { PythonSymbols } from "../rehash/layout.ts";
import { makePlan } from "../rehash/make-plan.ts";
import { encodePlan } from "../rehash/plan.ts";
import { memoryStart } from "../shared/sparse-snapshot.ts";

/** `runnel.keeping.hashes` */
interface Hashes {
  large_numbers(): string;
  faults(): string;
  destroy(): void;
}

/**
 * Prepares the snapshot that was just taken of this interpreter for starts with a hash secret of their own, and gives the plan for
 * that. The interpreter is of no further use.
 *
 * @throws Error that says why it can't: then the snapshot is as it was, and must keep its secret.
 */
export function planSnapshot(pyodide: PyodideAPI, snapshot: Uint8Array): Uint32Array<ArrayBuffer> {
  const python = (pyodide as PyodideAPI & { _module: PythonSymbols })._module;
  // At once: what runs in between moves what the snapshot has.
  const { plan, forgotten, told } = makePlan(python);
  const hashes: Hashes = pyodide.pyimport("runnel.keeping.hashes");
  const numbers = JSON.parse(hashes.large_numbers()) as number[];
  const kept = numbers
    .filter((number) => told.has(number))
    .map((number) => `${number} is the hash of a text`);
  const [faults] = JSON.parse(hashes.faults()) as [string[], unknown];
  if (kept.length > 0 || faults.length > 0)
    throw new Error(
      `Python's memory can't be given another hash secret: ${[...faults, ...kept].join("; ")}.`,
    );
  const start = memoryStart(snapshot);
  for (const at of forgotten) snapshot.fill(0xff, start + at, start + at + 4);
  return encodePlan(plan);
}
