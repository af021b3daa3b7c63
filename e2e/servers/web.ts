import http from "node:http";
import https from "node:https";
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
 * Routes: `/echo` (method, headers, body as JSON), `/chunks` (five parts), `/redirect` (to `/echo`), `/status?code=N`,
 * `/gate` (answers once the test opens it), `/hang` (never answers), `/reset` (cut in the middle of the body).
 */
export async function startWeb(certificate?: Certificate): Promise<WebServer> {
  const requests: string[] = [];
  const gate = Promise.withResolvers<void>();
  const routes: Readonly<Record<string, Route>> = {
    "/echo": echo,
    "/chunks": chunks,
    "/redirect": (_request, response) => {
      response.writeHead(302, { location: "/echo" }).end();
    },
    "/status": (_request, response, query) => {
      response.writeHead(Number(query.get("code")), { "content-type": "text/plain" }).end("as you asked");
    },
    "/gate": async (_request, response) => {
      await gate.promise;
      response.end("open");
    },
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
