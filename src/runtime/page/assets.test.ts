import { afterEach, describe, expect, it, vi } from "vitest";
import { RUNTIME_FILES } from "../messages.ts";
import { type BlobStore, loadAssets, type RuntimeAssets, readVersion } from "./assets.ts";

afterEach(() => vi.unstubAllGlobals());

/** A server that has a runtime build of `version`, and what was asked of it. */
function serve(version: string, status = 200): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return url.endsWith("manifest.json")
      ? Response.json({ version })
      : new Response(`${version} ${url}`, { status });
  });
  return asked;
}

function memoryStore(): BlobStore & { version: string | null } {
  let blobs: ReadonlyMap<string, Blob> | null = null;
  return {
    version: null,
    async get(version) {
      return this.version === version ? blobs : null;
    },
    async put(version, next) {
      this.version = version;
      blobs = next;
    },
  };
}

const base = "/runtime/";
const text = async ({ files }: RuntimeAssets) => (await files.sources).text();

describe("loadAssets", () => {
  it("downloads once and takes the stored files as long as the build is the same", async () => {
    const store = memoryStore();
    const download = vi.fn();
    const asked = serve("v1");
    const first = await loadAssets({ base, version: "v1", store }, download);
    expect(await text(first)).toBe("v1 /runtime/sources.json?v=v1");
    await first.keep();
    const second = await loadAssets({ base, version: "v1", store }, download);
    expect(await text(second)).toBe("v1 /runtime/sources.json?v=v1");
    const names = Object.values(RUNTIME_FILES);
    expect(asked.sort()).toEqual(names.map((name) => `/runtime/${name}?v=v1`).sort());
    serve("v2");
    const third = await loadAssets({ base, version: "v2", store }, download);
    expect(await text(third)).toBe("v2 /runtime/sources.json?v=v2");
    expect(download).toHaveBeenCalledTimes(2);
    await third.keep();
    expect(store.version).toBe("v2");
  });

  it("goes on without a store that fails", async () => {
    serve("v1");
    const broken: BlobStore = {
      get: () => Promise.reject(new Error("no")),
      put: () => Promise.reject(new Error("no")),
    };
    const { files } = await loadAssets({ base, version: "v1", store: broken }, () => {});
    expect(Object.keys(files).sort()).toEqual(Object.keys(RUNTIME_FILES).sort());
  });

  it("says what to do when the server is gone or lacks a file", async () => {
    serve("v1", 404);
    const { files } = await loadAssets({ base, version: "v1", store: memoryStore() }, () => {});
    await expect(files.wasm).rejects.toThrow(/404.*npm run build/);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(readVersion(base)).rejects.toThrow(/npm start/);
    serve("v3");
    expect(await readVersion(base)).toBe("v3");
  });
});
