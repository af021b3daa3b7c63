// @vitest-environment node
// The real Pyodide, in this process: a snapshot is made, and two interpreters start from it.
import { createHash } from "node:crypto";
import path from "node:path";
import { zipSync } from "fflate";
import { loadPyodide, type PyodideAPI } from "pyodide";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { LockedPackage } from "../../lib/locked-package.ts";
import { readPythonSources } from "../build/python-sources.ts";
import { makeSnapshot } from "../build/snapshot.ts";
import type { KeepMessage } from "../messages.ts";
import { packSnapshot, unpackSnapshot } from "../shared/sparse-snapshot.ts";
import { keepWorkflow } from "./keep.ts";
import { unpackFiles } from "./package-files.ts";
import { type SnapshotOptions, snapshotPlaceholder, takeSnapshot } from "./snapshot.ts";

const wheels = new Map<string, Uint8Array<ArrayBuffer>>();
const lock: LockedPackage[] = [];
let base: ArrayBuffer;

/** Offers and locks a package of these files. */
function add(name: string, files: Readonly<Record<string, string>>, requires: readonly string[] = []): void {
  const info = `${name}-1.0.dist-info`;
  const all = { ...files, [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n` };
  const encoder = new TextEncoder();
  const data = zipSync(
    Object.fromEntries(Object.entries(all).map(([file, text]) => [file, encoder.encode(text)])),
  );
  const filename = `${name}-1.0-py3-none-any.whl`;
  wheels.set(filename, data as Uint8Array<ArrayBuffer>);
  const sha256 = createHash("sha256").update(data).digest("hex");
  lock.push({ name, version: "1.0", sha256, filename, source: "index", asked: [], requires: [...requires] });
}

async function start(snapshot: ArrayBuffer, makes = false): Promise<PyodideAPI> {
  const pyodide = await loadPyodide({
    indexURL: path.resolve("node_modules/pyodide"),
    packages: [],
    _loadSnapshot: snapshotPlaceholder,
    _makeSnapshot: makes,
    createPyodideModule: (async (options: SnapshotOptions) => {
      const { default: create } = await import("pyodide/pyodide.asm.mjs" as string);
      const module = await create(options);
      takeSnapshot(options, module, snapshot, () => {});
      return module;
    }) as never,
  });
  for (const [file, text] of Object.entries(readPythonSources())) {
    pyodide.FS.mkdirTree(path.posix.dirname(file));
    pyodide.FS.writeFile(file, text);
  }
  pyodide.runPython("import importlib; importlib.invalidate_caches()");
  return pyodide;
}

async function keep(code: string, options: { without?: string[]; unimported?: string[] } = {}) {
  const request = { steps: [{ name: "python", code, enabled: true }], lock, without: [], unimported: [] };
  return keepWorkflow(await start(base, true), JSON.stringify({ ...request, ...options }));
}

function only<Type extends KeepMessage["type"]>(
  message: KeepMessage,
  type: Type,
): Extract<KeepMessage, { type: Type }> {
  expect(message.type).toBe(type);
  return message as Extract<KeepMessage, { type: Type }>;
}

beforeAll(async () => {
  add("alpha", {
    "alpha/__init__.py": "from . import part\nimport random\nnumbers = random.Random()\n",
    "alpha/part.py":
      "import os\ndef read():\n    return open(os.path.join(os.path.dirname(__file__), 'data.txt')).read()\n",
    "alpha/data.txt": "data of alpha",
  });
  add("keeper", {
    "keeper.py":
      "class Path:\n  def __init__(self, text):\n    self.text, self.known = text, None\n  def __hash__(self):\n    if self.known is None: self.known = hash((self.text, 1))\n    return self.known\nheld = {Path('a'): 1}\n",
  });
  add("asker", { "asker.py": "buckets = {hash('a') % 7: 'a'}\n" });
  add("proxy", { "proxy.py": "import js\nheld = js.Object.new()\n" });
  const { snapshot, plan } = await makeSnapshot(readPythonSources());
  base = packSnapshot(snapshot, plan).buffer;
  vi.stubGlobal("fetch", async (url: string) => new Response(wheels.get(path.posix.basename(url)) ?? null));
}, 120_000);
afterAll(() => vi.unstubAllGlobals());

describe("a workflow's snapshot", () => {
  test("has the packages imported, with their files; chance is new in each interpreter", async () => {
    const kept = only(await keep("import alpha"), "kept");
    const draws: unknown[] = [];
    for (let round = 0; round < 2; round++) {
      const pyodide = await start(await kept.memory.arrayBuffer());
      unpackFiles(pyodide, await kept.files.arrayBuffer());
      expect(pyodide.runPython("import sys; 'alpha.part' in sys.modules")).toBe(true);
      expect(pyodide.runPython("import alpha; alpha.part.read()")).toBe("data of alpha");
      expect(pyodide.runPython("import importlib.metadata as m; m.version('alpha')")).toBe("1.0");
      expect(pyodide.runPython("import os; os.listdir('/tmp')").toJs()).toEqual([]);
      draws.push(
        pyodide.runPython("import runnel.session as s; s.begin_run(); repr(alpha.numbers.random())"),
        pyodide.runPython("import random, secrets, uuid; repr(random.random())"),
        pyodide.runPython("secrets.token_hex()"),
        pyodide.runPython("str(uuid.uuid4())"),
        pyodide.runPython("hash('a')"),
      );
      expect(JSON.parse(pyodide.pyimport("runnel.keeping.hashes").faults())[0]).toEqual([]);
    }
    expect(new Set(draws).size).toBe(10);
  }, 120_000);

  test.each(["keeper", "asker"])(
    "keeps its hash secret where %s would find nothing with another",
    async (name) => {
      const warn = vi.spyOn(console, "warn").mockReturnValue();
      const kept = only(await keep(`import ${name}`), "kept");
      expect(unpackSnapshot(await kept.memory.arrayBuffer()).plan).toBeNull();
      expect(warn.mock.calls.flat().join()).toContain(name === "keeper" ? "keeper.Path keeps its hash" : "");
      warn.mockRestore();
    },
    120_000,
  );

  test("is not made where an import holds an object of JavaScript", async () => {
    expect(only(await keep("import proxy"), "not-kept").unimported).toEqual([
      "alpha",
      "keeper",
      "asker",
      "proxy",
    ]);
    expect(only(await keep("import proxy", { unimported: ["proxy"] }), "kept")).toBeTruthy();
  }, 120_000);

  test("is not made of nothing", async () => {
    expect(await keep("import alpha", { without: ["alpha", "keeper", "asker", "proxy"] })).toEqual({
      type: "kept-nothing",
    });
  }, 60_000);
});
