// @vitest-environment node
// The real Pyodide, in this process: two interpreters start from the memory that the build has made.
import { readFileSync } from "node:fs";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { loadPyodide, type PyodideAPI } from "pyodide";
import { beforeAll, describe, expect, test } from "vitest";
import { pyodideDir } from "../build/paths.ts";
import { readPythonSources } from "../build/python-sources.ts";
import { makeSnapshot } from "../build/snapshot.ts";
import { packSnapshot } from "../shared/sparse-snapshot.ts";
import { type SnapshotOptions, snapshotPlaceholder, takeSnapshot } from "./snapshot.ts";

const work = readFileSync(path.join(import.meta.dirname, "../rehash/testing/work.py"), "utf8");

let restored: readonly PyodideAPI[] = [];
let full: Uint8Array;

async function restore(packed: ArrayBuffer): Promise<PyodideAPI> {
  return loadPyodide({
    indexURL: pyodideDir,
    packages: [],
    _loadSnapshot: snapshotPlaceholder,
    createPyodideModule: (async (options: SnapshotOptions) => {
      const { default: create } = await import("pyodide/pyodide.asm.mjs" as string);
      const module = await create(options);
      takeSnapshot(options, module, packed, (what) => {
        if (restored.length === 0 && what === "memory") checkMemory(module.HEAPU8);
      });
      return module;
    }) as never,
  });
}
let differences = -1;
/** What the module's start had written before lies below the snapshot's own, or in the stack, which is empty again. */
function checkMemory(memory: Uint8Array): void {
  const header = new Uint32Array(full.slice(0, 8).buffer)[1] ?? 0;
  const expected = Buffer.from(full.buffer, full.byteOffset + header, full.length - header);
  const stack = { from: 4 * 2 ** 20, to: 13.5 * 2 ** 20 };
  const same = (from: number, to: number) =>
    Buffer.from(memory.buffer, from, to - from).equals(expected.subarray(from, to));
  differences = Number(!same(0, stack.from)) + Number(!same(stack.to, expected.length));
}

beforeAll(async () => {
  const { snapshot, plan } = await makeSnapshot(readPythonSources());
  full = snapshot;
  const packed = packSnapshot(full, plan).buffer;
  restored = [await restore(packed)];
  restored = [...restored, await restore(packed)];
}, 120_000);

/** What the same Python code gives in each of them. */
const inEach = (code: string) =>
  restored.map((pyodide) => pyodide.runPython(`import runnel.session\nrunnel.session.begin_run()\n${code}`));

describe("an interpreter that starts from the build's memory", () => {
  test("has that memory, without its empty pages as with them", () => {
    expect(differences).toBe(0);
  });

  test.each([
    ["random", "import random; repr([random.random() for _ in range(4)])"],
    ["random's own generators", "import random; repr(random.Random().random())"],
    ["secrets", "import secrets; secrets.token_hex()"],
    ["os.urandom", "import os; os.urandom(16).hex()"],
    ["uuid4", "import uuid; str(uuid.uuid4())"],
    ["hashes of texts", "hash('a')"],
    ["hashes of bytes and of tuples", "hash((b'a', 'b'))"],
    // Many texts: the order of a few depends on a few bits of the secret, and those are the same by chance.
    ["order of sets", "repr(set(map(str, range(1000))))"],
    ["uuid1", "import uuid; str(uuid.uuid1())"],
    ["names of temporary files", "import tempfile; next(tempfile._get_candidate_names())"],
  ])("has its own %s", (_what, code) => {
    expect(new Set(inEach(code)).size).toBe(2);
  });

  test("knows the time, and an environment and a /tmp of its own", () => {
    const before = Date.now() / 1000;
    for (const time of inEach("import time; time.time()")) expect(time).toBeGreaterThanOrEqual(before);
    const [first] = restored;
    first?.runPython("import os; os.environ['LEFT'] = 'x'; open('/tmp/left', 'w').close()");
    const [, second] = restored;
    expect(second?.runPython("import os; os.environ.get('LEFT')")).toBeUndefined();
    expect(second?.runPython("os.listdir('/tmp')").toJs()).toEqual([]);
  });

  test("can install a package", () => {
    const wheel = zipSync({
      "later/__init__.py": strToU8("answer = 42"),
      "later-1.0.dist-info/METADATA": strToU8("Metadata-Version: 2.1\nName: later\nVersion: 1.0\n"),
    });
    for (const pyodide of restored) {
      pyodide.unpackArchive(wheel, "whl");
      expect(pyodide.runPython("import later; later.answer")).toBe(42);
    }
  });

  test("finds in all its tables what is in them, by hashes of its own", () => {
    for (const pyodide of restored) {
      for (const [file, text] of Object.entries(readPythonSources())) {
        pyodide.FS.mkdirTree(path.posix.dirname(file));
        pyodide.FS.writeFile(file, text);
      }
      pyodide.runPython("import importlib; importlib.invalidate_caches()");
      const [faults, counts] = JSON.parse(pyodide.pyimport("runnel.keeping.hashes").faults());
      expect(faults).toEqual([]);
      expect(counts.dict).toBeGreaterThan(4000);
      expect(counts.tuple).toBeGreaterThan(10_000);
      expect(counts.set + counts.frozenset).toBeGreaterThan(400);
    }
  });

  test("works with them as one that was started from nothing", async () => {
    const fresh = await loadPyodide({ indexURL: pyodideDir, packages: [] });
    const [expected, ...given] = [fresh, ...restored].map((pyodide) => {
      const globals = pyodide.toPy({ __name__: "programs" });
      pyodide.runPython(work, { globals });
      return pyodide.runPython("work()", { globals });
    });
    expect(JSON.parse(expected)).toContain("found");
    expect(given).toEqual([expected, expected]);
  });
});
