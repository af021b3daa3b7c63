import type { PyodideAPI } from "pyodide";
import type { KeepMessage } from "../messages.ts";
import { packSnapshot } from "../shared/sparse-snapshot.ts";
import { packFiles } from "./package-files.ts";
import { planSnapshot } from "./plan-snapshot.ts";

/** As many of them are asked for at a time. */
const AT_A_TIME = 8;

/**
 * Brings a fresh interpreter to where a workflow's next visit starts, and takes the snapshot: see `runnel.keeping`. Until then
 * Python may hold no object of JavaScript: files pass through the file system, all else as text. The interpreter is of no
 * further use.
 *
 * @param requestJson JSON text of a `KeepRequest`.
 * @throws where a file can't be had, or is another one.
 */
export async function keepWorkflow(pyodide: PyodideAPI, requestJson: string): Promise<KeepMessage> {
  const objects = heldObjects(pyodide);
  const keeping = pyodide.pyimport("runnel.keeping");
  const wheels = JSON.parse(keeping.plan(requestJson)) as { path: string; url: string }[];
  if (wheels.length === 0) return { type: "kept-nothing" };
  await putWheels(pyodide, wheels);
  const site = String(pyodide.runPython("import site; site.getsitepackages()[0]"));
  const without = JSON.parse(keeping.unpack(site)) as string[];
  if (without.length > 0) return { type: "not-kept", without, unimported: [] };
  const unimported = JSON.parse(keeping.import_all()) as string[];
  if (unimported.length > 0) return { type: "not-kept", without: [], unimported };
  keeping.compile_rest();
  const toldHashes = Boolean(keeping.told_hashes());
  keeping.finish();
  keeping.destroy();
  const files = packFiles(pyodide, site);
  const memory = heldObjects(pyodide) === objects ? takeSnapshot(pyodide, !toldHashes) : null;
  // Which of them holds objects of JavaScript can't be told.
  if (!memory) return { type: "not-kept", without: [], unimported: lockedNames(requestJson) };
  return { type: "kept", memory: new Blob([memory]), files };
}

function takeSnapshot(pyodide: PyodideAPI, canRehash: boolean): Uint8Array<ArrayBuffer> | null {
  try {
    const snapshot = pyodide.makeMemorySnapshot();
    return packSnapshot(snapshot, canRehash ? planOf(pyodide, snapshot) : undefined);
  } catch {
    return null;
  }
}

/** Undefined where the packages keep hashes: then each start has the secret that this interpreter drew. */
function planOf(pyodide: PyodideAPI, snapshot: Uint8Array): Uint32Array<ArrayBuffer> | undefined {
  try {
    return planSnapshot(pyodide, snapshot);
  } catch (error) {
    console.warn(error);
    return undefined;
  }
}

function lockedNames(requestJson: string): string[] {
  return (JSON.parse(requestJson) as { lock: { name: string }[] }).lock.map(({ name }) => name);
}

async function putWheels(
  { FS: files }: PyodideAPI,
  wheels: readonly { path: string; url: string }[],
): Promise<void> {
  const waiting = [...wheels];
  const load = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const response = await fetch(next.url);
      if (!response.ok) throw new Error(`${next.url} answers ${response.status}.`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      files.mkdirTree(next.path.slice(0, next.path.lastIndexOf("/")));
      files.writeFile(next.path, bytes, { canOwn: true });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, load));
}

/**
 * How many objects of JavaScript Python holds. Those behind a gap in their table would be missed by the snapshot, which stops at
 * the first.
 */
function heldObjects(pyodide: PyodideAPI): number {
  const { __hiwire_get: get } = (pyodide as unknown as { _module: { __hiwire_get(index: number): unknown } })
    ._module;
  let held = 0;
  for (let index = 0, gap = 0; gap < 100; index++) {
    try {
      get(index);
      held += 1;
      gap = 0;
    } catch {
      gap += 1;
    }
  }
  return held;
}
