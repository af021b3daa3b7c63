import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Context } from "hono";
import { filePolicy, framePolicy, pagePolicy } from "../lib/content-policy.ts";
import { sendStream } from "./send-stream.ts";

/** Types that browsers insist on, or that their sniffing (which is off) would otherwise have to find out. */
const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".py": "text/x-python; charset=utf-8",
  ".svg": "image/svg+xml",
  ".tar": "application/x-tar",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".whl": "application/zip",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".zip": "application/zip",
};

const encodings = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const;

/** What the build's hashed names look like: `assets/index-B3xv91Qa.js`. */
const hashedName = /^\/assets\/.*-[\w-]{8,}\.\w+$/;

export interface StaticFilesOptions {
  readonly appDir: string;
  /** Served under `/runtime/`. */
  readonly runtimeDir: string;
  /** Finishes index.html: puts the token in. */
  readonly index: (html: string) => string;
}

/**
 * Makes the handler of everything that is a file. Null where there is none: the caller says 404. Routes of the app
 * (paths whose last part has no extension) get index.html.
 */
export function createStaticFiles({ appDir, runtimeDir, index }: StaticFilesOptions) {
  return async function serve(context: Context): Promise<Response | null> {
    const url = new URL(context.req.url);
    const name = safePath(url.pathname);
    if (name === null) return null;
    const inRuntime = name.startsWith("/runtime/");
    if (!inRuntime && (name === "/index.html" || path.posix.extname(name) === "")) {
      const html = await read(path.join(appDir, "index.html"));
      return html === null ? null : page(index(html));
    }
    const file = inRuntime ? path.join(runtimeDir, name.slice("/runtime/".length)) : path.join(appDir, name);
    if (name === "/runtime/frame.html") return frame(file);
    const immutable = hashedName.test(name) || url.searchParams.has("v");
    return sendFile(context, file, immutable);
  };
}

/** The decoded path, or null for one that tries to leave its folder, names a hidden file or can't be decoded. */
function safePath(pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\\\0:]/.test(decoded) || !decoded.startsWith("/")) return null;
  return decoded.split("/").some((part) => part.startsWith(".")) ? null : decoded;
}

function page(html: string): Response {
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": pagePolicy(),
    },
  });
}

/** The frame's script is hashed each time it is asked for: it is small, and a rebuild while running can't lock it out. */
async function frame(file: string): Promise<Response | null> {
  const html = await read(file);
  if (html === null) return null;
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-cache",
      "content-security-policy": framePolicy(html),
      // Its origin is opaque, so to Firefox even our own page embeds it from elsewhere. Others are kept out by `frame-ancestors`.
      "cross-origin-resource-policy": "cross-origin",
    },
  });
}

async function sendFile(context: Context, file: string, immutable: boolean): Promise<Response | null> {
  const plain = await fileStat(file);
  if (plain === null) return null;
  const encoded = await encodedSibling(file, context.req.header("accept-encoding") ?? "");
  const { size, mtimeMs } = encoded?.stats ?? plain;
  const headers: Record<string, string> = {
    "content-type": types[path.extname(file).toLowerCase()] ?? "application/octet-stream",
    "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
    "content-security-policy": filePolicy(file),
    etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}${encoded ? `-${encoded.name}` : ""}"`,
    vary: "accept-encoding",
  };
  if (context.req.header("if-none-match") === headers.etag)
    return new Response(null, { status: 304, headers });
  headers["content-length"] = String(size);
  if (encoded) headers["content-encoding"] = encoded.name;
  if (context.req.method === "HEAD") return new Response(null, { headers });
  const stream = createReadStream(encoded?.file ?? file, { highWaterMark: 256 * 1024 });
  return sendStream(context, 200, headers, stream);
}

async function encodedSibling(file: string, accepted: string) {
  for (const { name, suffix } of encodings) {
    if (!accepts(accepted, name)) continue;
    const stats = await fileStat(file + suffix);
    if (stats) return { file: file + suffix, name, stats };
  }
  return null;
}

function accepts(header: string, encoding: string): boolean {
  return header.split(",").some((entry) => {
    const [name, ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}

async function fileStat(file: string) {
  const stats = await stat(file).catch(() => null);
  return stats?.isFile() ? stats : null;
}

async function read(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch(() => null);
}
