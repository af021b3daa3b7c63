import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadPyodide, type PyodideAPI } from "pyodide";
import { cached } from "./cache.ts";
import { cacheDir, pyodideDir, sha256 } from "./paths.ts";

/**
 * micropip's wheel isn't on npm. It comes from pip's index where this machine has pip, else from Pyodide's own server; both
 * builds of the pinned version are known by their hash.
 */
const KNOWN_HASHES: Readonly<Record<string, readonly string[]>> = {
  "0.11.1": [
    "768de165adb8e66906039d8fec4127a57f522dfdf8e6fbff877a4616941ecfd3",
    "e2d52886594fd4cd0d0847110a1c34ae0134d3a970eb4496d3b5eb31ee2d8af6",
  ],
};

const UNPACKED = "/unpacked";
const ARCHIVE = "/micropip.zip";

export interface Micropip {
  /** A zip of its bytecode for sys.path: the first step with a package would wait for its compilation otherwise. */
  readonly archive: Uint8Array;
  /** micropip's own default index, e.g. for a gateway that was given none. */
  readonly defaultIndexUrl: string;
  /** Where Pyodide's distribution lies by Pyodide's own default; ends with a slash. */
  readonly distributionUrl: string;
}

/** Finds micropip's wheel and what it and Pyodide take for granted. Throws an error that says what to do. */
export async function readMicropip(version: string): Promise<Micropip> {
  const name = `micropip-${version}-py3-none-any.whl`;
  const wheel = await cached(name, async () => {
    const downloaded = downloadWithPip(name, version) ?? (await downloadFromDistribution(name));
    if (downloaded) return downloaded;
    throw new Error(
      `micropip ${version} could not be had: neither 'python3 -m pip download' nor Pyodide's own server answered. Connect to the network once, or put ${name} into .cache/runtime/`,
    );
  });
  if (!KNOWN_HASHES[version]?.includes(sha256(wheel))) {
    throw new Error(
      `.cache/runtime/${name} is not the file that was expected (sha256 ${sha256(wheel)}): delete it and build again`,
    );
  }
  const pyodide = await loadPyodide({ indexURL: pyodideDir });
  pyodide.unpackArchive(wheel, "whl", { extractDir: UNPACKED });
  pyodide.runPython("lambda folder: __import__('sys').path.append(folder)")(UNPACKED);
  const index: unknown = pyodide.runPython(
    "from micropip.package_index import DEFAULT_INDEX_URLS; DEFAULT_INDEX_URLS[0]",
  );
  pyodide.runPython(readFileSync(path.join(import.meta.dirname, "compile_zip.py"), "utf8"));
  pyodide.globals.get("compile_zip")(UNPACKED, ARCHIVE);
  return {
    archive: pyodide.FS.readFile(ARCHIVE),
    defaultIndexUrl: String(index),
    distributionUrl: distributionUrlOf(pyodide),
  };
}

/** Pyodide's own default for its packages; it has no public name for it. */
function distributionUrlOf(pyodide: PyodideAPI): string {
  return (pyodide as PyodideAPI & { _api: { config: { cdnUrl: string } } })._api.config.cdnUrl;
}

function downloadWithPip(name: string, version: string): Uint8Array | null {
  const args = `-m pip download --quiet --no-deps --only-binary=:all: --python-version 3.14 --dest ${cacheDir} micropip==${version}`;
  for (const python of ["python3", "python"]) {
    const { status } = spawnSync(python, args.split(" "), { stdio: "ignore", timeout: 120_000 });
    if (status === 0 && readdirSync(cacheDir).includes(name)) return readFileSync(path.join(cacheDir, name));
  }
  return null;
}

async function downloadFromDistribution(name: string): Promise<Uint8Array | null> {
  const pyodide = await loadPyodide({ indexURL: pyodideDir });
  try {
    const response = await fetch(new URL(name, distributionUrlOf(pyodide)), {
      signal: AbortSignal.timeout(60_000),
    });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    return null;
  }
}
