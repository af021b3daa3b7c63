import path from "node:path";
import { loadPyodide, type PyodideAPI } from "pyodide";
import type { PyCallable } from "pyodide/ffi";
import { SITE } from "../../../build/paths.ts";
import { readPythonSources } from "../../../build/python-sources.ts";
import { installSockets, portLink, type SocketControl } from "../index.ts";

/** Python in this process, with the bridge's sources and sockets that end at `port`. */
export interface TestPython extends RunsPython {
  readonly pyodide: PyodideAPI;
  readonly network: SocketControl;
}

export interface RunsPython {
  writeFile(path: string, text: string): void;
  /** Calls `run` of the given module text where it may wait; what it returns must be text. */
  run(source: string, args?: readonly string[]): Promise<string>;
}

/** @param fetchThere stands for `fetch` in this process from now on, as in the worker. */
export async function startTestPython(port: MessagePort, fetchThere?: typeof fetch): Promise<TestPython> {
  if (!("Suspending" in WebAssembly)) {
    throw new Error(
      "This test needs a Node with JSPI: run it by `npm run unit`, or node_modules/.bin/node node_modules/.bin/vitest",
    );
  }
  if (fetchThere) globalThis.fetch = fetchThere;
  const pyodide = await loadPyodide({ indexURL: path.resolve("node_modules/pyodide"), packages: [] });
  writeBridge(pyodide);
  const network = installSockets(pyodide, portLink(port));
  return {
    pyodide,
    network,
    writeFile: (file, text) => writeFile(pyodide, file, text),
    async run(source, args = []) {
      const namespace = pyodide.toPy({ __name__: "step" });
      pyodide.runPython(source, { globals: namespace });
      const run = namespace.get("run") as PyCallable;
      return String(await await (run.callPromising(...args) as Promise<unknown>));
    },
  };
}

export function writeFile(pyodide: PyodideAPI, file: string, text: string): void {
  pyodide.FS.mkdirTree(path.posix.dirname(file));
  pyodide.FS.writeFile(file, text);
}

/** Puts the bridge's sources into the interpreter. */
export function writeBridge(pyodide: PyodideAPI): void {
  for (const [file, text] of Object.entries(readPythonSources())) writeFile(pyodide, file, text);
  pyodide.runPython(
    `import sys; sys.path.insert(0, ${JSON.stringify(SITE)}); import runnel.net; runnel.net.install()`,
  );
}
