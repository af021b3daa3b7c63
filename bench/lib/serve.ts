import { createReadStream, existsSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

const types: Readonly<Record<string, string>> = {
  "": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".json": "application/json",
};

/** What a path leads to: a text that is made anew each time, bytes or the path of a file, which never change; null: nothing. */
export type Found =
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  | { readonly file: string }
  | null;

/**
 * Serves pages on a free port as well as a local server can: kept by the browser for good, with the headers that shared memory needs.
 * Types go by a path's ending; one without is a page. `find` gets the path and the server's own origin.
 */
export async function serve(
  find: (pathname: string, origin: string) => Found,
): Promise<{ readonly url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const found = find(pathname, `http://${request.headers.host}`);
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    response.setHeader("content-type", types[path.extname(pathname)] ?? "application/octet-stream");
    if (!found || ("file" in found && !existsSync(found.file))) {
      response.writeHead(404).end();
      return;
    }
    if ("text" in found) {
      response.end(found.text);
      return;
    }
    response.setHeader("cache-control", "public, max-age=31536000, immutable");
    if ("bytes" in found) response.end(found.bytes);
    else createReadStream(found.file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
