import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { startDevServer } from "./dev-server.ts";
import { createFetchRoute } from "./fetch-route.ts";
import { createGuard, type Refusal } from "./guard.ts";
import { commonHeaders } from "./headers.ts";
import { createHttpClient } from "./http-request.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { createLookUp } from "./names.ts";
import { defaultCacheDir } from "./package-cache.ts";
import { createPackageRoutes } from "./package-routes.ts";
import { createPolicy } from "./policy.ts";
import { SOCKETS_PATH } from "./protocol.ts";
import { createRelay } from "./relay.ts";
import { createRoutes } from "./routes.ts";
import { createStaticFiles } from "./static-files.ts";
import { createTlsStarter } from "./tls.ts";
import { createTrust } from "./trust.ts";

/** Where the gateway listens unless told otherwise. */
export const DEFAULT_PORT = 7411;
/** Ports after the default one that are tried when it is taken. */
const portsToTry = 20;
const loopbackHosts = new Map([
  ["127.0.0.1", ["127.0.0.1", "localhost"]],
  ["localhost", ["127.0.0.1", "localhost"]],
  ["::1", ["[::1]", "localhost"]],
]);
const tokenPlaceholder = "__RUNNEL_TOKEN__";

export interface GatewayOptions {
  /** 0: any free port. Left out: {@link DEFAULT_PORT}, or the next free one. */
  readonly port?: number;
  /** A loopback address; `127.0.0.1` by default. */
  readonly host?: string;
  /** The built app (`index.html` and what it loads). */
  readonly appDir: string;
  /** The built runtime (`manifest.json`, `frame.html`, Python's files). */
  readonly runtimeDir: string;
  /** Serve the app from its sources with Vite's hot reload; `appDir` is not used then. */
  readonly dev?: boolean;
  /** Where Python packages come from; else `PIP_INDEX_URL`, else the runtime's own default. */
  readonly indexUrl?: string;
  /** Where downloaded packages are kept; else a folder of the system's cache. */
  readonly cacheDir?: string;
  /** For tests: name → `ADDRESS` or `ADDRESS:PORT`, asked first; null leaves it to the system. Such addresses count as public. */
  readonly resolve?: (host: string) => Promise<string | null>;
  /** For tests: a certificate authority (PEM) that is trusted besides the usual ones. */
  readonly extraCa?: string;
  /** For tests: smaller limits. */
  readonly limits?: Partial<Limits>;
}

export interface Gateway {
  readonly url: string;
  readonly port: number;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts the local server: the app's files, the relay of its sockets, its fetch and package routes.
 * Rejects when the port can't be had (`EADDRINUSE`, `EACCES`) or the host is not a loopback one.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const limits = { ...defaultLimits, ...options.limits };
  const host = options.host ?? "127.0.0.1";
  const names = loopbackHosts.get(host);
  if (!names) {
    throw new Error(
      `The gateway can only listen on this machine itself (127.0.0.1 or ::1), not on ${host}: there is no sign-in yet, and whoever reached it could use your network.`,
    );
  }
  let port = 0;
  const guard = createGuard(() =>
    names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])),
  );
  const lookUp = createLookUp({ resolve: options.resolve, lookups: limits.lookups });
  const policy = createPolicy({ lookUp, ownPort: () => port });
  const trust = createTrust(options.extraCa);
  const startTls = createTlsStarter(trust);
  const client = createHttpClient({ trust, connectMs: limits.connectMs, idleMs: limits.fetchIdleMs });
  const relay = createRelay({ policy, lookUp, startTls, limits });
  const index = (html: string) => html.replaceAll(tokenPlaceholder, guard.token);
  const files = createStaticFiles({ ...options, index });
  const dev = options.dev ? await startDevServer(index) : null;

  const packages = createPackageRoutes({
    client,
    policy,
    runtimeDir: options.runtimeDir,
    cacheDir: options.cacheDir ?? defaultCacheDir(),
    cacheBytes: limits.packageCache,
    freshMs: limits.indexFreshMs,
    indexUrl: options.indexUrl ?? (process.env.PIP_INDEX_URL || undefined),
  });
  const fetchRoute = createFetchRoute({ policy, client, maxBody: limits.fetchBody });
  const routes = createRoutes({ guard, fetchRoute, packages, files });
  const listener = getRequestListener(routes.fetch);

  const server = http.createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => {
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value);
    const refusal = guard.refuseHost(request.headers);
    if (refusal) {
      response.writeHead(refusal.status, { "content-type": "text/plain; charset=utf-8" });
      response.end(refusal.message);
    } else if (dev && !/^\/(api|runtime)\//.test(request.url ?? "")) dev.handle(request, response);
    else listener(request, response);
  });
  server.on("upgrade", (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    const ours = request.url === SOCKETS_PATH;
    const refusal =
      guard.refuseHost(request.headers) ?? guard.refuseSocket(request.headers, { token: ours || !dev });
    if (refusal) refuseUpgrade(socket, refusal);
    else if (ours) relay.accept(request, socket, head);
    else if (dev) dev.upgrade(request, socket, head);
    else refuseUpgrade(socket, { status: 404, message: "There is no such socket." });
  });

  try {
    port = await listen(server, host === "localhost" ? "127.0.0.1" : host, options.port);
  } catch (error) {
    await dev?.close();
    throw error;
  }
  return {
    url: `http://${names[0]}:${port}/`,
    port,
    async close() {
      relay.close();
      await dev?.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuseUpgrade(socket: Duplex, { status, message }: Refusal): void {
  socket.on("error", () => undefined);
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${message}`,
  );
}

/** Listens on the port; without one, on the default or the first free one after it. */
async function listen(server: http.Server, host: string, wanted: number | undefined): Promise<number> {
  const candidates =
    wanted === undefined
      ? [...Array.from({ length: portsToTry }, (_, step) => DEFAULT_PORT + step), 0]
      : [wanted];
  for (const candidate of candidates) {
    try {
      return await listenOn(server, host, candidate);
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!taken || candidate === candidates.at(-1)) throw error;
    }
  }
  throw new Error("No free port was found.");
}

function listenOn(server: http.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
