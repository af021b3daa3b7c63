import { afterEach, expect, test, vi } from "vitest";
import type { LockedPackage } from "../../lib/locked-package.ts";
import { contentKey, type KeptStore, keptFor } from "./kept-workflows.ts";

afterEach(() => vi.unstubAllGlobals());

const locked = (name: string, sha256 = "0"): LockedPackage => ({
  name,
  version: "1.0",
  sha256,
  filename: `${name}-1.0-py3-none-any.whl`,
  source: "index",
  asked: [],
  requires: [],
});
const step = (code: string, enabled = true) => ({ name: "python", code, enabled });
const packages = { steps: [step("import a\nx = 1")], lock: [locked("a"), locked("b")] };

test("the key changes with packages and imports, and not with the rest of the code", () => {
  const key = contentKey(packages);
  expect(contentKey({ ...packages, steps: [step("\n  import a\nx = 2"), step("import a")] })).toBe(key);
  expect(contentKey({ ...packages, lock: [...packages.lock].reverse() })).toBe(key);
  expect(contentKey({ ...packages, steps: [step("import a"), step("from b import c", false)] })).toBe(key);
  expect(contentKey({ ...packages, steps: [step("import a"), step("from b import c")] })).not.toBe(key);
  expect(contentKey({ ...packages, lock: [locked("a", "1"), locked("b")] })).not.toBe(key);
});

test("only what can be of use is given; a store that fails gives nothing", async () => {
  const touched: string[] = [];
  const content = { memory: new Blob(["m"]), files: new Blob(["f"]), packages: [] };
  const store = (found: Awaited<ReturnType<KeptStore["get"]>> | Error): KeptStore => ({
    get: async () => {
      if (found instanceof Error) throw found;
      return found;
    },
    touch: async (id) => void touched.push(id),
    put: async () => {},
    delete: async () => {},
  });
  const get = (found: Parameters<typeof store>[0]) => keptFor(store(found), "w1", "b1");
  vi.stubGlobal("navigator", { userAgent: "", platform: "", maxTouchPoints: 0 });
  vi.stubGlobal("WebAssembly", { Suspending: class {}, validate: () => true });
  expect(await get({ key: "k", content })).toBe(content);
  expect(touched).toEqual(["w1"]);
  expect(await get({ key: "k", content: null })).toBeNull();
  expect(await get({ key: "k", content: { ...content, memory: new Blob([]) } })).toBeNull();
  expect(await get(new Error("no storage here"))).toBeNull();
  vi.stubGlobal("WebAssembly", { validate: () => true });
  expect(await get({ key: "k", content })).toBeNull();
});
