import http from "node:http";
import https from "node:https";
import net from "node:net";
import { pipeline, type Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import { NetworkError } from "./errors.ts";
import type { Header } from "./http-headers.ts";
import type { Route } from "./policy.ts";
import type { Trust } from "./trust.ts";

interface PinnedRequest {
  /** `http:` or `https:`; credentials in it become an `authorization` header. */
  readonly url: URL;
  /** The addresses that were judged: the request goes to one of these. */
  readonly route: Route;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
}

export interface HttpClientOptions {
  readonly trust: Trust;
  readonly connectMs: number;
  /** Longest silence of the server. */
  readonly idleMs: number;
}

/** Sends one request and resolves with the head of its response; no redirect is followed. */
export type HttpClient = (request: PinnedRequest) => Promise<http.IncomingMessage>;

/** Makes the client. It rejects with Node's errors (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, `ETIMEDOUT`, …). */
export function createHttpClient({ trust, connectMs, idleMs }: HttpClientOptions): HttpClient {
  return ({ url, route, method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const secure = url.protocol === "https:";
      const options: https.RequestOptions = {
        agent: false,
        ...target(url, route),
        path: url.pathname + url.search,
        method,
        headers: flatHeaders(url, headers, body ?? (/^(POST|PUT|PATCH)$/i.test(method) ? nothing : null)),
        setDefaultHeaders: false,
        maxHeaderSize: 256 * 1024,
        timeout: idleMs,
        signal,
        ...(secure ? { secureContext: trust.context() } : {}),
      };
      const request = (secure ? https : http).request(options);
      const late = setTimeout(() => {
        request.destroy(new NetworkError("ETIMEDOUT", `connect ETIMEDOUT ${url.host}`));
      }, connectMs);
      request.once("socket", (socket) => {
        socket.once(secure ? "secureConnect" : "connect", () => clearTimeout(late));
      });
      request.once("close", () => clearTimeout(late));
      request.once("timeout", () => {
        request.destroy(new NetworkError("ETIMEDOUT", `${url.host} sent nothing for too long.`));
      });
      request.on("error", reject);
      request.once("response", resolve);
      request.end(body ?? undefined);
    });
}

/** Where the socket goes: to the route's addresses and nowhere else, while certificate and Host are the URL's. */
function target(url: URL, { addresses, port }: Route): https.RequestOptions {
  const name = hostOf(url);
  const found = addresses.map((address) => ({ address, family: net.isIP(address) }));
  return {
    host: net.isIP(name) === 0 ? name : addresses[0],
    port,
    lookup: (_host, { all }, done) => {
      if (all) done(null, found);
      else done(null, addresses[0], net.isIP(addresses[0]));
    },
  };
}

const nothing = new Uint8Array();

/** A flat list keeps the order and the doubles of the given headers. */
function flatHeaders(url: URL, headers: readonly Header[], body: Uint8Array | null): readonly string[] {
  const all: Header[] = [["host", url.host], ...headers];
  if (body) all.push(["content-length", String(body.byteLength)]);
  if ((url.username || url.password) && !headers.some(([name]) => name.toLowerCase() === "authorization")) {
    all.push(["authorization", basicAuthorization(url)]);
  }
  all.push(["connection", "close"]);
  return all.flat();
}

function basicAuthorization(url: URL): string {
  const text = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

/** The host of a URL as the policy knows it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

/** The port that a URL means. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === "https:" ? 443 : 80);
}

const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ["gzip", () => zlib.createGunzip()],
  ["x-gzip", () => zlib.createGunzip()],
  ["deflate", () => zlib.createInflate()],
  ["br", () => zlib.createBrotliDecompress()],
  ["zstd", () => zlib.createZstdDecompress()],
]);

/** The body without its content-encoding; `decoded` is false (and the bytes as they are) for an encoding we don't know. */
export function decodeBody(response: http.IncomingMessage): {
  readonly body: Readable;
  readonly decoded: boolean;
} {
  const names = (response.headers["content-encoding"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "" && name !== "identity");
  const chain = names.reverse().map((name) => decoders.get(name));
  if (chain.length > 5 || !chain.every((decoder) => decoder !== undefined)) {
    return { body: response, decoded: false };
  }
  const body = chain.reduce<Readable>((stream, decoder) => {
    // A broken stream destroys the next one with its error; whoever reads the last one sees it.
    const next = decoder();
    pipeline(stream, next, () => undefined);
    return next;
  }, response);
  return { body, decoded: true };
}
