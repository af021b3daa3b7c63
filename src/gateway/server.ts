import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { addressOf } from "./access/address-of.ts";
import { planAccess } from "./access/plan.ts";
import { createSignIn, type SignIn } from "./access/sign-in.ts";
import { type Site, sitesOf } from "./access/sites.ts";
import { startDevServer } from "./dev-server.ts";
import { createFetchRoute } from "./fetch-route.ts";
import { createGuard, type Refusal } from "./guard.ts";
import { commonHeaders } from "./headers.ts";
import { createHookShelf, createHooks, defaultDataDir } from "./hooks/index.ts";
import { HOOKS_SOCKET_PATH } from "./hooks-protocol.ts";
import { createHttpClient } from "./http-request.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { createLookUp } from "./names.ts";
import { defaultCacheDir } from "./package-cache.ts";
import { createPackageRoutes } from "./package-routes.ts";
import { createPolicy } from "./policy.ts";
import { SOCKETS_PATH, TOKEN_PLACEHOLDER } from "./protocol.ts";
import { createRelay } from "./relay.ts";
import { createRoutes } from "./routes.ts";
import { runtimeVersion } from "./runtime-version.ts";
import { createStaticFiles } from "./static-files.ts";
import { createTlsStarter } from "./tls.ts";
import { createTrust } from "./trust.ts";

/** Where the gateway listens unless told otherwise. */
export const DEFAULT_PORT = 7411;
/** Ports after the default one that are tried when it is taken. */
const portsToTry = 20;
const runtimePlaceholder = "__RUNNEL_RUNTIME__";
const signedInPlaceholder = "__RUNNEL_SIGNED_IN__";

export interface GatewayOptions {
  /** 0: any free port. Left out: {@link DEFAULT_PORT}, or the next free one. */
  readonly port?: number;
  /** `127.0.0.1` by default. Anything but loopback needs a password, and TLS here or at a proxy. */
  readonly host?: string;
  /** Whoever opens the page must give it. */
  readonly password?: string;
  /** PEM texts: speak TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** The page's address where a proxy stands in front: `https://runnel.example.com`. */
  readonly publicUrl?: string;
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
  /** Where requests to hooks wait for their pages; else a folder of the system's data. */
  readonly dataDir?: string;
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
  /** Other machines can reach it. */
  readonly remote: boolean;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts the local server: the app's files, the relay of its sockets, its fetch and package routes.
 * Rejects when the port can't be had (`EADDRINUSE`, `EACCES`) or others could reach it without a password or in the clear.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const limits = { ...defaultLimits, ...options.limits };
  const access = planAccess({ ...options, host: options.host ?? "127.0.0.1" });
  let port = 0;
  let sites: readonly Site[] = [];
  const guard = createGuard(() => sites, access);
  const proxied = access.publicUrl !== undefined && access.tls === null;
  const signIn: SignIn | null =
    access.password === null
      ? null
      : createSignIn({
          guard,
          password: access.password,
          secure: (access.publicUrl?.protocol ?? (access.tls ? "https:" : "http:")) === "https:",
          port: () => port,
          proxied,
        });
  const lookUp = createLookUp({ resolve: options.resolve, lookups: limits.lookups });
  const policy = createPolicy({ lookUp, ownPort: () => port, remote: access.remote });
  const trust = createTrust(options.extraCa);
  const startTls = createTlsStarter(trust);
  const client = createHttpClient({ trust, connectMs: limits.connectMs, idleMs: limits.fetchIdleMs });
  const relay = createRelay({ policy, startTls, limits });
  const index = (html: string) =>
    html
      .replaceAll(TOKEN_PLACEHOLDER, guard.token)
      .replaceAll(runtimePlaceholder, runtimeVersion(options.runtimeDir))
      .replaceAll(signedInPlaceholder, signIn ? "yes" : "no");
  const files = createStaticFiles({ ...options, index });
  const dev = options.dev ? await startDevServer(index) : null;

  const packages = createPackageRoutes({
    client,
    policy,
    runtimeDir: options.runtimeDir,
    cacheDir: options.cacheDir ?? defaultCacheDir(),
    cacheBytes: limits.packageCache,
    fileBytes: limits.packageFile,
    freshMs: limits.indexFreshMs,
    indexUrl: options.indexUrl ?? (process.env.PIP_INDEX_URL || undefined),
  });
  const fetchRoute = createFetchRoute({ policy, client, maxBody: limits.fetchBody });
  const hooks = createHooks({
    shelf: createHookShelf({
      folder: path.join(options.dataDir ?? defaultDataDir(), "hooks"),
      hooks: limits.hooks,
      kept: limits.hookKept,
      keptBytes: limits.hookKeptBytes,
    }),
    limits,
    refuseHost: guard.refuseHost,
    originOf: ({ host }) => sites.find((site) => site.host === host)?.origin ?? "",
    addressOf: (request) => addressOf(request, proxied),
  });
  const routes = createRoutes({ guard, fetchRoute, packages, files });
  const listener = getRequestListener(routes.fetch);

  const serverOptions = {
    maxHeaderSize: 128 * 1024,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(5000, limits.headMs),
  };
  const serve: http.RequestListener = (request, response) => {
    if (hooks.handle(request, response)) return;
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value);
    const refusal = guard.refuseRequest(request.headers, request.method);
    if (refusal) refuse(response, refusal);
    else if (signIn?.handle(request, response)) return;
    else if (dev && !/^\/(api|runtime)\//.test(request.url ?? "")) dev.handle(request, response);
    else listener(request, response);
  };
  const server = access.tls
    ? https.createServer({ ...serverOptions, ...access.tls, minVersion: "TLSv1.2" }, serve)
    : http.createServer(serverOptions, serve);
  server.maxConnections = limits.connections;
  server.timeout = limits.httpIdleMs;
  server.on("upgrade", (request: http.IncomingMessage, socket: Duplex, head: Buffer) => {
    const ours = request.url === SOCKETS_PATH || request.url === HOOKS_SOCKET_PATH;
    const session = signIn?.session(request);
    const refusal =
      guard.refuseSocket(request.headers, { token: ours || !dev }) ??
      (session === null ? signIn?.refusal : null);
    session?.hold(socket);
    if (refusal) refuseUpgrade(socket, refusal);
    else if (request.url === HOOKS_SOCKET_PATH) hooks.accept(request, socket, head);
    else if (ours) relay.accept(request, socket, head);
    else if (dev) dev.upgrade(request, socket, head);
    else refuseUpgrade(socket, { status: 404, message: "There is no such socket." });
  });

  try {
    port = await listen(server, access.host === "localhost" ? "127.0.0.1" : access.host, options.port);
  } catch (error) {
    signIn?.close();
    await dev?.close();
    throw error;
  }
  sites = sitesOf({ ...access, port, secure: access.tls !== null });
  return {
    url: `${sites[0]?.origin}/`,
    port,
    remote: access.remote,
    async close() {
      relay.close();
      await hooks.close();
      signIn?.close();
      await dev?.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuse(response: http.ServerResponse, { status, message }: Refusal): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(message);
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
