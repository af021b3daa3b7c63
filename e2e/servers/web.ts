import { createHash } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import type { Certificate } from "./certificates.ts";
import { type Listening, listen } from "./listen.ts";
import { bodyText } from "./request-body.ts";

/** A plain web server for everything an HTTP client must cope with. */
export interface WebServer extends Listening {
  /** `http://127.0.0.1:PORT` or with https, without a slash at the end. */
  readonly url: string;
  /** `METHOD /path` of every request so far. */
  readonly requests: readonly string[];
  /** Answers the requests for `/gate` that wait, and those to come. */
  openGate(): void;
}

type Route = (
  request: http.IncomingMessage,
  response: http.ServerResponse,
  query: URLSearchParams,
) => void | Promise<void>;

/**
 * Routes: `/echo` (method, headers, body as JSON), `/chunks` (five parts), `/redirect` (to `/echo`, or to `?to=URL`), `/status?code=N`,
 * `/gate` (answers once the test opens it), `/hang` (never answers), `/reset` (cut in the middle of the body), `/cookies`
 * (sets two, then redirects to `/echo`), `/gzip` (compressed text), `/bytes?count=N` (zeros), `/form` (what a form holds).
 */
export async function startWeb(certificate?: Certificate): Promise<WebServer> {
  const requests: string[] = [];
  const gate = Promise.withResolvers<void>();
  const routes: Readonly<Record<string, Route>> = {
    "/echo": echo,
    "/chunks": chunks,
    "/redirect": (_request, response, query) => {
      response.writeHead(302, { location: query.get("to") ?? "/echo" }).end();
    },
    "/status": (_request, response, query) => {
      response.writeHead(Number(query.get("code")), { "content-type": "text/plain" }).end("as you asked");
    },
    "/gate": async (_request, response) => {
      await gate.promise;
      response.end("open");
    },
    "/cookies": (_request, response) => {
      response.setHeader("set-cookie", ["flavour=oat; Path=/", "gone=1; Max-Age=0"]);
      response.writeHead(302, { location: "/echo" }).end();
    },
    "/gzip": (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("squeezed ".repeat(1000)));
    },
    "/bytes": (_request, response, query) => {
      response.writeHead(200, { "content-length": query.get("count") ?? "0" });
      response.end(Buffer.alloc(Number(query.get("count"))));
    },
    "/form": form,
    "/hang": () => undefined,
    "/reset": (_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("only the beginning", () => response.socket?.resetAndDestroy());
    },
  };
  const handle = (request: http.IncomingMessage, response: http.ServerResponse) => {
    requests.push(`${request.method} ${request.url}`);
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://web");
    const route = routes[pathname];
    if (route) void route(request, response, searchParams);
    else response.writeHead(404).end("nothing here");
  };
  const server = certificate ? https.createServer(certificate, handle) : http.createServer(handle);
  const listening = await listen(server);
  return {
    ...listening,
    url: `${certificate ? "https" : "http"}://127.0.0.1:${listening.port}`,
    requests,
    openGate: () => gate.resolve(),
  };
}

async function echo(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { method, url, headers } = request;
  const body = await bodyText(request);
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify({ method, url, headers, body }));
}

function chunks(_request: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(200, { "content-type": "text/plain" });
  for (let index = 0; index < 5; index++) response.write(`part ${index}\n`);
  response.end();
}

/** Fields as texts, files as name, size and SHA-256. */
async function form(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const body = await buffer(request);
  const fields = await new Response(body, {
    headers: { "content-type": request.headers["content-type"] ?? "" },
  }).formData();
  const told = [...fields].map(async ([name, value]): Promise<[string, unknown]> => {
    if (typeof value === "string") return [name, value];
    const bytes = Buffer.from(await value.arrayBuffer());
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return [name, { filename: value.name, type: value.type, size: bytes.length, sha256 }];
  });
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(Object.fromEntries(await Promise.all(told))));
}
