import { afterEach, describe, expect, it, vi } from "vitest";
import { RUNTIME_FILES } from "../messages.ts";
import { type BlobStore, loadAssets } from "./assets.ts";

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

describe("loadAssets", () => {
  it("downloads once and takes the stored files as long as the build is the same", async () => {
    const store = memoryStore();
    const download = vi.fn();
    serve("v1");
    const first = await loadAssets("/runtime/", store, download);
    expect(await first.files.worker.text()).toBe("v1 /runtime/worker.js?v=v1");
    const asked = serve("v1");
    const second = await loadAssets("/runtime/", store, download);
    expect(asked).toEqual(["/runtime/manifest.json"]);
    expect(await second.files.worker.text()).toBe("v1 /runtime/worker.js?v=v1");
    serve("v2");
    const third = await loadAssets("/runtime/", store, download);
    expect(await third.files.worker.text()).toBe("v2 /runtime/worker.js?v=v2");
    expect(download).toHaveBeenCalledTimes(2);
  });

  it("goes on without a store that fails", async () => {
    serve("v1");
    const broken: BlobStore = {
      get: () => Promise.reject(new Error("no")),
      put: () => Promise.reject(new Error("no")),
    };
    const { files } = await loadAssets("/runtime/", broken, () => {});
    expect(Object.keys(files).sort()).toEqual(Object.keys(RUNTIME_FILES).sort());
  });

  it("says what to do when the server is gone or lacks a file", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    await expect(loadAssets("/runtime/", memoryStore(), () => {})).rejects.toThrow(/npm start/);
    serve("v1", 404);
    await expect(loadAssets("/runtime/", memoryStore(), () => {})).rejects.toThrow(/404.*npm run build/);
  });
});
