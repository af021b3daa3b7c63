import type { Lockfile, PyodideAPI } from "pyodide";
import type { WorkerBoot } from "../messages.ts";
import { hookPoll, type PollHook } from "./sockets/index.ts";

/** Stands for Pyodide's own files, which are all here already; nothing is ever asked of it. */
const PYODIDE_BASE = "http://pyodide.invalid/";
/** Pyodide's compiled packages, which the page passes on to the gateway. */
const DISTRIBUTION_BASE = "http://packages.invalid/distribution/";

/** micropip's bytecode in the interpreter. */
const MICROPIP = "/lib/micropip.zip";

type LoadPyodide = typeof import("pyodide").loadPyodide;

/**
 * Answers what `loadPyodide` fetches from what the frame gave, for the replaced `fetch`. The wasm is compiled already, so its
 * answer is an empty one that `instantiateStreaming` below ignores.
 */
export function localFiles(boot: WorkerBoot): (url: string) => Response | undefined {
  return (url) => {
    if (url === `${PYODIDE_BASE}pyodide.asm.wasm`) return new Response(null);
    if (url === `${PYODIDE_BASE}python_stdlib.zip`) return new Response(boot.stdlib);
    return undefined;
  };
}

/**
 * Starts Python from the snapshot, or raw where there is none. `self.fetch` must have been replaced before, for good: the
 * restored `pyodide.http` binds it at that moment.
 */
export async function startPython(
  boot: WorkerBoot,
): Promise<{ readonly pyodide: PyodideAPI; readonly hook: PollHook }> {
  let hook: PollHook = { poll: null };
  const [{ loadPyodide }, { default: createPyodideModule }] = (await Promise.all(
    [boot.pyodide, boot.pyodideAsm].map(importText),
  )) as [{ loadPyodide: LoadPyodide }, { default: (options: unknown) => Promise<SnapshotModule> }];

  // Pyodide has no option for a module that is compiled already.
  WebAssembly.instantiateStreaming = async (_response, imports = {}) => {
    hook = hookPoll(imports);
    return { module: boot.module, instance: await WebAssembly.instantiate(boot.module, imports) };
  };
  const snapshotBytes = boot.snapshot?.byteLength ?? 0;
  const pyodide = await loadPyodide({
    indexURL: PYODIDE_BASE,
    packageBaseUrl: DISTRIBUTION_BASE,
    lockFileContents: boot.lock.lock as Lockfile,
    fullStdLib: false,
    createPyodideModule: (async (options: unknown) => {
      const module = await createPyodideModule(options);
      // A restore does not grow the heap by itself and fails over 30 MB (pyodide issue 6254).
      if (snapshotBytes > 0) module._free(module._malloc(snapshotBytes));
      return module;
    }) as NonNullable<Parameters<LoadPyodide>[0]>["createPyodideModule"] & object,
    ...(boot.snapshot ? { _loadSnapshot: boot.snapshot } : {}),
    ...(boot.keep === null ? {} : { _makeSnapshot: true }),
  });
  writeSources(pyodide, boot.sources);
  pyodide.FS.writeFile(MICROPIP, boot.micropip);
  // Last: a step's own packages come first.
  pyodide.runPython(
    "lambda archive: (path := __import__('sys').path).count(archive) or path.append(archive)",
  )(MICROPIP);
  return { pyodide, hook };
}

interface SnapshotModule {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
}

/** The file system is not in the snapshot: tracebacks need the lines, and micropip's modules are not preloaded. */
function writeSources(pyodide: PyodideAPI, sources: Readonly<Record<string, string>>): void {
  const folders = new Set<string>();
  for (const [file, text] of Object.entries(sources)) {
    const folder = file.slice(0, file.lastIndexOf("/"));
    if (!folders.has(folder)) pyodide.FS.mkdirTree(folder);
    folders.add(folder);
    pyodide.FS.writeFile(file, text);
  }
}

function importText(text: string): Promise<unknown> {
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return import(/* @vite-ignore */ url).finally(() => URL.revokeObjectURL(url));
}
