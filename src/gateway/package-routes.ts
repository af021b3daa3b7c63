import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { HttpClient } from "./http-request.ts";
import { createPackageCache, type PackageCache } from "./package-cache.ts";
import { PackageError } from "./package-errors.ts";
import { createPackageFiles, type DeliveredFile, readKept, type WantedFile } from "./package-files.ts";
import { createPackageIndex } from "./package-index.ts";
import { createPackageSource } from "./package-source.ts";
import type { Policy } from "./policy.ts";
import { sendStream } from "./send-stream.ts";
import { contentKey, type IndexFile, metadataHashes, normalizedName, sha256Of } from "./simple-page.ts";

/** What the gateway reads of the runtime's manifest. */
const manifestSchema = z.object({
  /** micropip's own default index. */
  defaultIndexUrl: z.url(),
  /** Where Pyodide's own packages lie; ends with a slash. */
  distributionUrl: z.url(),
  /** File name → sha256. */
  distribution: z.record(z.string(), z.string()),
});

export interface PackageRoutesOptions {
  readonly client: HttpClient;
  readonly policy: Policy;
  readonly runtimeDir: string;
  readonly cacheDir: string;
  readonly cacheBytes: number;
  /** Largest file. */
  readonly fileBytes: number;
  readonly freshMs: number;
  /** Undefined: the manifest's default. May hold credentials. */
  readonly indexUrl: string | undefined;
}

/** The routes below PACKAGES_PATH: the index, its files, and the files of Pyodide's own distribution. */
export function createPackageRoutes(options: PackageRoutesOptions): Hono {
  const manifest = async () => {
    const text = await readFile(path.join(options.runtimeDir, "manifest.json"), "utf8");
    return manifestSchema.parse(JSON.parse(text));
  };
  const indexUrl = async () => new URL(options.indexUrl ?? (await manifest()).defaultIndexUrl);
  const source = createPackageSource(indexUrl, options.client, options.policy);
  const index = createPackageIndex({ indexUrl, source, folder: options.cacheDir, freshMs: options.freshMs });
  const cache = createPackageCache(options.cacheDir, options.cacheBytes);
  const files = createPackageFiles(cache, source, options.fileBytes);

  /** The file that an id stands for: it must be one that the index has named. */
  async function find(id: string, filename: string, signal: AbortSignal): Promise<WantedFile> {
    const [name = "", key = ""] = id.split(".");
    const wanted = filename.replace(/\.metadata$/, "");
    if (normalizedName(name) === name && key !== "") {
      for (const stale of [true, false]) {
        const page = await index.project(name, { stale, signal });
        const file = page.files.find((entry) => entry.filename === wanted && idOf(name, entry) === id);
        if (file) return wanted === filename ? wheel(file) : metadata(file);
      }
    }
    throw new PackageError("PackageNotFound", `The package index lists no file ${filename} with this id.`);
  }

  /** A wheel that is kept under its own hash needs nobody to vouch for it: a locked version installs without the index. */
  async function keptWheel(id: string, filename: string): ReturnType<PackageCache["find"]> {
    const key = id.split(".")[1] ?? "";
    return /^[\da-f]{64}$/.test(key) && filename.endsWith(".whl") ? cache.find(key) : null;
  }

  async function deliver(context: Context, file: WantedFile): Promise<Response> {
    return send(context, await files(file, context.req.raw.signal));
  }

  function send(context: Context, { body, size }: DeliveredFile): Response {
    const headers = {
      "content-type": "application/octet-stream",
      "cache-control": "no-store",
      ...(size === null ? {} : { "content-length": String(size) }),
    };
    return sendStream(context, 200, headers, body);
  }

  const routes = new Hono();
  routes.get("/simple/:name/", async (context) => {
    const name = normalizedName(context.req.param("name"));
    if (name === null) throw new PackageError("PackageNotFound", "That can't be the name of a package.");
    const page = await index.project(name, { stale: false, signal: context.req.raw.signal });
    const rewritten = page.files.map((file) => ({
      ...file,
      url: `../../files/${idOf(name, file)}/${encodeURIComponent(file.filename)}`,
    }));
    return context.body(JSON.stringify({ ...page, files: rewritten }), 200, {
      "content-type": "application/vnd.pypi.simple.v1+json",
      "cache-control": "no-store",
    });
  });
  routes.get("/files/:id/:filename", async (context) => {
    const { id, filename } = context.req.param();
    const kept = await keptWheel(id, filename);
    if (kept) return send(context, { body: readKept(kept.file), size: kept.size });
    return deliver(context, await find(id, filename, context.req.raw.signal));
  });
  routes.get("/distribution/:filename", async (context) => {
    const filename = context.req.param("filename");
    const { distribution, distributionUrl } = await manifest();
    const sha256 = Object.hasOwn(distribution, filename) ? distribution[filename] : undefined;
    if (sha256 === undefined) {
      throw new PackageError("PackageNotFound", `Pyodide's distribution has no file ${filename}.`);
    }
    return deliver(context, { filename, url: new URL(filename, distributionUrl).href, sha256 });
  });
  routes.onError((error, context) => {
    if (error instanceof PackageError) {
      return context.json({ code: error.code, message: error.message }, error.status);
    }
    return context.json(
      { code: "IndexUnreachable", message: `The package routes failed: ${error.message}` },
      500,
    );
  });
  return routes;
}

/** `NAME.SHA256`: the same for the same file wherever the index lies, and of no use for a file that no index has named. */
function idOf(name: string, file: IndexFile): string {
  return `${name}.${contentKey(sha256Of(file.hashes), file.url)}`;
}

function wheel({ filename, url, hashes }: IndexFile): WantedFile {
  return { filename, url, sha256: sha256Of(hashes) };
}

function metadata(file: IndexFile): WantedFile {
  const hashes = metadataHashes(file);
  if (hashes === null) {
    throw new PackageError("PackageNotFound", `The package index has no metadata file for ${file.filename}.`);
  }
  return { filename: `${file.filename}.metadata`, url: `${file.url}.metadata`, sha256: sha256Of(hashes) };
}
