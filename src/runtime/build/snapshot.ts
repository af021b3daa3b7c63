import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { loadPyodide } from "pyodide";
import { planSnapshot } from "../worker/plan-snapshot.ts";
import { cached } from "./cache.ts";
import { pyodideDir, root, SITE, sha256 } from "./paths.ts";

const preloadFile = path.join(import.meta.dirname, "preload.py");

const ATTEMPTS = 3;
const rehashDir = path.join(root, "src/runtime/rehash");

export interface MadeSnapshot {
  /** As Pyodide's `makeMemorySnapshot` gives it. */
  readonly snapshot: Uint8Array;
  /** How a start gives it a hash secret of its own: rehash/plan.ts. */
  readonly plan: Uint32Array<ArrayBuffer>;
}

/**
 * The interpreter's memory after the bridge and the usual modules have been imported, so that a worker restores it instead of
 * starting Python. It holds the flags of the engine it was made in: that engine must have JSPI, as the browsers that load it do.
 * Cached by everything that goes into it.
 */
export async function makeSnapshot(sources: Readonly<Record<string, string>>): Promise<MadeSnapshot> {
  if (!("Suspending" in WebAssembly)) {
    throw new Error(
      `The snapshot must be made by a Node with JSPI (24 or later), and this is ${process.version}. Run it through npm, which uses the project's own Node: npm run build`,
    );
  }
  const preload = readFileSync(preloadFile, "utf8");
  const pyodideVersion = readFileSync(path.join(pyodideDir, "package.json"), "utf8");
  const planners = readdirSync(rehashDir)
    .filter((file) => /\.(ts|wat)$/.test(file))
    .map((file) => readFileSync(path.join(rehashDir, file), "utf8"));
  const key = sha256(JSON.stringify([sources, preload, planners, pyodideVersion, process.version]));
  // In one file: a plan fits no other memory than its own.
  const file = await cached(`snapshot-${key.slice(0, 16)}.v8`, async () =>
    serialize(await preloaded(sources, preload)),
  );
  return deserialize(file) as MadeSnapshot;
}

async function preloaded(
  sources: Readonly<Record<string, string>>,
  preload: string,
  attempt = 1,
): Promise<MadeSnapshot> {
  const pyodide = await loadPyodide({ _makeSnapshot: true, indexURL: pyodideDir, packages: [] });
  for (const [file, text] of Object.entries(sources)) {
    pyodide.FS.mkdirTree(path.posix.dirname(file));
    pyodide.FS.writeFile(file, text);
  }
  pyodide.runPython("import sys; sys.dont_write_bytecode = True");
  pyodide.runPython("lambda site: (sys.path.insert(0, site), __import__('importlib').invalidate_caches())")(
    SITE,
  );
  pyodide.runPython(preload, { filename: "preload.py" });
  const snapshot = pyodide.makeMemorySnapshot();
  try {
    return { snapshot, plan: planSnapshot(pyodide, snapshot) };
  } catch (error) {
    // One time in some hundred, a number that stands somewhere is a text's hash by chance; another start has other hashes.
    if (attempt === ATTEMPTS) throw error;
    return preloaded(sources, preload, attempt + 1);
  }
}
