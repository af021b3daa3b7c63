import type { Lockfile, PyodideAPI } from "pyodide";
import type { FrameToWorker, LockFile, SpawnOptions, WorkerFile } from "../messages.ts";
import { canRestore } from "../shared/engine.ts";
import { type MarkTimes, markTime } from "../shared/marks.ts";
import { hookSignals, type SignalHook } from "./interrupts.ts";
import { unpackFiles } from "./package-files.ts";
import { type SnapshotModule, type SnapshotOptions, snapshotPlaceholder, takeSnapshot } from "./snapshot.ts";
import { hookPoll, type PollHook } from "./sockets/index.ts";

/** Stands for Pyodide's own files, which are all here already; nothing is ever asked of it. */
const PYODIDE_BASE = "http://pyodide.invalid/";
/** Pyodide's compiled packages, which the page passes on to the gateway. */
const DISTRIBUTION_BASE = "http://packages.invalid/distribution/";

/** Folder of the bridge's Python in the interpreter; the build writes it. */
const SITE = "/lib/runnel";
/** micropip's bytecode there. */
const MICROPIP = "/lib/micropip.zip";
/** A restored interpreter knows the first already. micropip comes last: a step's own packages go before it. */
const ANNOUNCE = `def announce(site, archive):
    import importlib, sys
    if site not in sys.path:
        sys.path.insert(0, site)
    if archive not in sys.path:
        sys.path.append(archive)
    importlib.invalidate_caches()
announce`;

type LoadPyodide = typeof import("pyodide").loadPyodide;

/** What the frame gives, each as soon as it is there. */
export interface BootFiles {
  file(name: WorkerFile): Promise<Blob>;
  readonly module: Promise<WebAssembly.Module>;
  /** For the messages that follow the first one. */
  take(message: FrameToWorker): void;
}

export function createBootFiles(): BootFiles {
  const files = new Map<WorkerFile, PromiseWithResolvers<Blob>>();
  const module = Promise.withResolvers<WebAssembly.Module>();
  const entry = (name: WorkerFile) => {
    const known = files.get(name) ?? Promise.withResolvers<Blob>();
    files.set(name, known);
    return known;
  };
  return {
    file: (name) => entry(name).promise,
    module: module.promise,
    take(message) {
      if (message.type === "file") entry(message.name).resolve(message.blob);
      else if (message.type === "module") module.resolve(message.module);
    },
  };
}

/**
 * Answers what `loadPyodide` fetches from what the frame gave, for the replaced `fetch`. The wasm is compiled already, so its
 * answer is an empty one that `instantiateStreaming` below ignores.
 */
export function localFiles(files: BootFiles): (url: string) => Promise<Response> | undefined {
  return (url) => {
    if (url === `${PYODIDE_BASE}pyodide.asm.wasm`) return Promise.resolve(new Response(null));
    if (url === `${PYODIDE_BASE}python_stdlib.zip`)
      return files.file("stdlib").then((blob) => new Response(blob));
    return undefined;
  };
}

export interface StartedPython {
  readonly pyodide: PyodideAPI;
  readonly hook: PollHook;
  readonly signals: SignalHook;
  readonly packages: LockFile["packages"];
  /** Writes the files that no start needs and a step may: once, before the first one. */
  finish(): void;
}

/**
 * Starts Python from the snapshot, or raw where there is none. `self.fetch` must have been replaced before, for good: the
 * restored `pyodide.http` binds it at that moment.
 */
export async function startPython(
  files: BootFiles,
  { from, keep }: SpawnOptions,
  times: MarkTimes,
): Promise<StartedPython> {
  let hook: PollHook = { poll: null };
  let signals: SignalHook = { flag: null };
  const text = (name: WorkerFile) => files.file(name).then((blob) => blob.text());
  const bytes = (name: WorkerFile) => files.file(name).then((blob) => blob.arrayBuffer());
  const kept = from && canRestore() ? readKept(from) : null;
  const snapshot = canRestore()
    ? (kept ?? Promise.resolve(null)).then((found) => found?.memory ?? bytes("snapshot"))
    : null;
  const lock = text("lock").then((json) => JSON.parse(json) as LockFile);
  const rest = Promise.all([text("sources"), bytes("micropip"), lock]);
  // Whoever awaits them later hears of it.
  for (const early of [snapshot, rest]) early?.catch(() => {});
  const [{ loadPyodide }, { default: createPyodideModule }] = (await Promise.all(
    (["pyodide", "pyodideAsm"] as const).map(async (name) => importScript(await files.file(name))),
  )) as [{ loadPyodide: LoadPyodide }, { default: (options: unknown) => Promise<SnapshotModule> }];
  markTime(times, "modules imported");

  // Pyodide has no option for a module that is compiled already.
  WebAssembly.instantiateStreaming = async (_response, imports = {}) => {
    hook = hookPoll(imports);
    signals = hookSignals(imports);
    const module = await files.module;
    markTime(times, "wasm compiled");
    const instance = await WebAssembly.instantiate(module, imports);
    markTime(times, "wasm instantiated");
    return { module, instance };
  };
  const pyodide = await loadPyodide({
    indexURL: PYODIDE_BASE,
    packageBaseUrl: DISTRIBUTION_BASE,
    lockFileContents: lock.then((file) => file.lock as Lockfile),
    fullStdLib: false,
    createPyodideModule: (async (options: SnapshotOptions) => {
      const module = await createPyodideModule(options);
      markTime(times, "memory there");
      if (snapshot)
        takeSnapshot(options, module, await snapshot, (what) =>
          markTime(times, what === "memory" ? "snapshot restored" : "hashes renewed"),
        );
      return module;
    }) as unknown as NonNullable<Parameters<LoadPyodide>[0]>["createPyodideModule"] & object,
    ...(snapshot ? { _loadSnapshot: snapshotPlaceholder } : {}),
    ...(keep === undefined ? {} : { _makeSnapshot: true }),
  });
  markTime(times, "Python loaded");
  const [sources, micropip, { packages }] = await rest;
  const packed = (await kept)?.files;
  let finished = false;
  const finish = () => {
    if (finished) return;
    finished = true;
    writeSources(pyodide, JSON.parse(sources) as Record<string, string>);
    pyodide.FS.writeFile(MICROPIP, new Uint8Array(micropip));
    const announce = pyodide.runPython(ANNOUNCE, { globals: pyodide.toPy({}) });
    if (packed) unpackFiles(pyodide, packed);
    announce(SITE, MICROPIP);
    announce.destroy();
  };
  // What isn't in the memory already is imported from them.
  if (!snapshot) finish();
  return { pyodide, hook, signals, packages, finish };
}

/** Null where the browser has lost them. */
async function readKept({ memory, files }: NonNullable<SpawnOptions["from"]>) {
  try {
    const [bytes, packed] = await Promise.all([memory.arrayBuffer(), files.arrayBuffer()]);
    return { memory: bytes, files: packed };
  } catch {
    return null;
  }
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

function importScript(script: Blob): Promise<unknown> {
  const url = URL.createObjectURL(script.slice(0, script.size, "text/javascript"));
  return import(/* @vite-ignore */ url).finally(() => URL.revokeObjectURL(url));
}
