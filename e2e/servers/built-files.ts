import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { type Listening, listen } from "./listen.ts";

const root = path.resolve(import.meta.dirname, "../../dist");
const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** Any web server that has the built files: no gateway, and of its headers only what shared memory needs. */
export interface BuiltFiles extends Listening {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
}

/** `pages`: path → HTML of what else it has. */
export async function startBuiltFiles(pages: Readonly<Record<string, string>> = {}): Promise<BuiltFiles> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    response.setHeader("cross-origin-resource-policy", "cross-origin");
    const page = pages[pathname];
    if (page === undefined) void sendFile(pathname, response);
    else response.writeHead(200, { "content-type": "text/html" }).end(page);
  });
  const listening = await listen(server);
  return { ...listening, url: `http://127.0.0.1:${listening.port}/` };
}

async function sendFile(pathname: string, response: http.ServerResponse): Promise<void> {
  const isRoute = !pathname.startsWith("/api/") && path.extname(pathname) === "";
  const name = isRoute ? "/index.html" : path.posix.normalize(pathname);
  const file = path.join(root, name.startsWith("/runtime/") ? "" : "app", name);
  if (!(await stat(file).catch(() => null))?.isFile()) {
    response.writeHead(404).end("Not found.");
    return;
  }
  response.writeHead(200, {
    "content-type": types[path.extname(file)] ?? "application/octet-stream",
  });
  createReadStream(file).pipe(response);
}
