import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import type { Duplex } from "node:stream";
import { filePolicy } from "../lib/content-policy.ts";

/** The app from its sources, with hot reload: takes the place of the built files. */
export interface DevServer {
  handle(request: http.IncomingMessage, response: http.ServerResponse): void;
  /** Vite's own WebSocket. */
  upgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** Starts Vite inside this process. `index` finishes index.html: puts the token in. */
export async function startDevServer(index: (html: string) => string): Promise<DevServer> {
  const root = path.resolve(import.meta.dirname, "../..");
  const { createServer } = await import("vite");
  // Never listens: it only hands Vite the upgrades that the guard has let in.
  const upgrades = http.createServer();
  const vite = await createServer({
    root,
    appType: "custom",
    server: { middlewareMode: true, ws: { server: upgrades } },
  });

  async function page(url: string): Promise<string> {
    const html = await readFile(path.join(root, "index.html"), "utf8");
    return index(await vite.transformIndexHtml(url, html));
  }

  return {
    handle(request, response) {
      response.setHeader(
        "content-security-policy",
        filePolicy(new URL(request.url ?? "/", "http://dev").pathname, { dev: true }),
      );
      const fail = (error: unknown) => {
        response.writeHead(500, { "content-type": "text/plain; charset=utf-8" });
        response.end(error instanceof Error ? error.stack : String(error));
      };
      if (request.headers.accept?.includes("text/html") && !/\.\w+(\?|$)/.test(request.url ?? "")) {
        page(request.url ?? "/").then((html) => {
          response.writeHead(200, {
            "content-type": "text/html; charset=utf-8",
            "cache-control": "no-cache",
          });
          response.end(html);
        }, fail);
        return;
      }
      vite.middlewares(request, response, (error?: unknown) => {
        if (error) return fail(error);
        response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
        response.end("Not found.");
      });
    },
    upgrade: (request, socket, head) => void upgrades.emit("upgrade", request, socket, head),
    close: () => vite.close(),
  };
}
