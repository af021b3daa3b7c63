import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { loadPyodide } from "pyodide";
import { cacheDir, pyodideDir, SITE, sha256 } from "./paths.ts";

const preloadFile = path.join(import.meta.dirname, "preload.py");

/**
 * The interpreter's memory after the bridge and the usual modules have been imported, so that a worker restores it instead of
 * starting Python. It holds the flags of the engine it was made in: that engine must have JSPI, as the browsers that load it do.
 * Cached by everything that goes into it.
 */
export async function makeSnapshot(sources: Readonly<Record<string, string>>): Promise<Uint8Array> {
  if (!("Suspending" in WebAssembly)) {
    throw new Error(
      `The snapshot must be made by a Node with JSPI (24 or later), and this is ${process.version}. Run it through npm, which uses the project's own Node: npm run build`,
    );
  }
  const preload = readFileSync(preloadFile, "utf8");
  const pyodideVersion = readFileSync(path.join(pyodideDir, "package.json"), "utf8");
  const key = sha256(JSON.stringify([sources, preload, pyodideVersion, process.version]));
  const cached = path.join(cacheDir, `snapshot-${key.slice(0, 16)}.bin`);
  if (existsSync(cached)) return readFileSync(cached);

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
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(cached, snapshot);
  return snapshot;
}
