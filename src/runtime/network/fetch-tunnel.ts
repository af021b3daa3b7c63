import type { ConnectionLog } from "./connection-log.ts";
import { bareHost, checkUrl, createHopSender, DeniedError } from "./fetch-hop.ts";
import { followRedirects } from "./fetch-hops.ts";
import { FETCH_WINDOW, type FetchToPage, type FetchToWorker, PACKAGES_URL } from "./fetch-messages.ts";
import { readFetchMessage } from "./fetch-requests.ts";
import { GATEWAY_SILENT, type GatewayClient, GatewayError } from "./gateway-client.ts";
import { createOffences } from "./offences.ts";
import type { Permissions } from "./permissions.ts";
import type { SecretGuard } from "./secret-guard.ts";
import { type ShownHop, showHop } from "./shown-hop.ts";

const MAX_REQUESTS = 64;
/** Bytes of request bodies that are held at a time. */
const MAX_BODIES = 256 * 1024 * 1024;

type Request = Extract<FetchToPage, { type: "request" }>;

interface Exchange {
  readonly abort: AbortController;
  /** Bytes that the worker has not taken. */
  unread: number;
  /** Called when it has taken some. */
  taken: () => void;
}

export interface FetchTunnelDeps {
  /** To the worker. */
  readonly port: MessagePort;
  readonly client: GatewayClient;
  readonly permissions: Permissions;
  readonly guard: SecretGuard;
  readonly log: ConnectionLog;
}

export interface FetchTunnel {
  /** Ends the requests that are still going on. */
  abortAll(): void;
  /** As `abortAll`, for good. */
  close(): void;
}

/** Makes the requests of a worker's `fetch` at the gateway. The worker is not trusted. */
export function createFetchTunnel({ port, client, permissions, guard, log }: FetchTunnelDeps): FetchTunnel {
  const exchanges = new Map<number, Exchange>();
  const offences = createOffences();
  let bodies = 0;

  function post(message: FetchToWorker, transfer: Transferable[] = []): void {
    if (exchanges.has(message.id)) port.postMessage(message, transfer);
  }

  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!offences.message()) {
      close();
      return;
    }
    const message = readFetchMessage(data);
    if (!message) {
      if (!offences.malformed()) close();
    } else if (message.type === "request") {
      if (!exchanges.has(message.id)) void serve(message);
    } else if (message.type === "taken") {
      const exchange = exchanges.get(message.id);
      if (!exchange) return;
      exchange.unread = Math.max(0, exchange.unread - message.bytes);
      exchange.taken();
    } else {
      const exchange = exchanges.get(message.id);
      exchanges.delete(message.id);
      exchange?.abort.abort();
    }
  };

  async function serve(request: Request): Promise<void> {
    const exchange: Exchange = { abort: new AbortController(), unread: 0, taken: () => {} };
    const crowded = exchanges.size >= MAX_REQUESTS;
    const size = request.body?.byteLength ?? 0;
    exchanges.set(request.id, exchange);
    bodies += size;
    try {
      if (bodies > MAX_BODIES)
        throw new Error("The bodies of the requests that go on at a time are too large.");
      if (crowded) throw new Error(`No more than ${MAX_REQUESTS} requests can be made at a time.`);
      if (request.url.startsWith(PACKAGES_URL)) await servePackage(request, exchange);
      else await serveFetch(request, exchange);
      post({ type: "end", id: request.id });
    } catch (error) {
      post({
        type: "error",
        id: request.id,
        message: error instanceof Error ? error.message : String(error),
        denied: error instanceof DeniedError,
      });
    } finally {
      bodies -= size;
      exchanges.delete(request.id);
    }
  }

  async function servePackage({ id, url, method }: Request, exchange: Exchange): Promise<void> {
    if (method !== "GET") throw new Error("Packages can only be read (GET).");
    const { pathname, search } = new URL(url);
    const response = await client.packages(pathname.slice(1) + search, exchange.abort.signal);
    const { status, statusText } = response;
    // The browser has decoded the body already.
    const encoded = response.headers.has("content-encoding");
    const headers = [...response.headers].filter(
      ([name]) => !encoded || (name !== "content-encoding" && name !== "content-length"),
    );
    post({ type: "response", id, status, statusText, url, redirected: false, headers });
    if (response.body) await pass(id, response.body, exchange, () => {});
  }

  async function serveFetch(request: Request, exchange: Exchange): Promise<void> {
    checkUrl(request.url, client);
    const shown: { hop?: ShownHop } = {};
    const sendHop = createHopSender({
      client,
      permissions,
      guard,
      onAsking: (now) => shown.hop?.entry.update({ state: now ? "waiting-for-permission" : "connecting" }),
      signal: exchange.abort.signal,
    });
    try {
      const { head, body } = await followRedirects(request, async (next) => {
        shown.hop?.end();
        shown.hop = showHop(log, next, guard.shown(bareHost(next.url)));
        const answered = await sendHop(next);
        shown.hop.answered(answered.head);
        return answered;
      });
      const { kind, ...response } = head;
      post({ type: "response", id: request.id, ...response });
      if (body) await pass(request.id, body, exchange, (bytes) => shown.hop?.received(bytes));
      shown.hop?.end();
    } catch (error) {
      shown.hop?.entry.end("failed", error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  async function pass(
    id: number,
    body: ReadableStream<Uint8Array>,
    exchange: Exchange,
    onBytes: (bytes: Uint8Array) => void,
  ): Promise<void> {
    const reader = body.getReader();
    const { signal } = exchange.abort;
    signal.addEventListener("abort", () => exchange.taken(), { once: true });
    for (;;) {
      while (exchange.unread > FETCH_WINDOW && !signal.aborted) {
        await new Promise<void>((resolve) => {
          exchange.taken = resolve;
        });
      }
      if (signal.aborted) {
        await reader.cancel(signal.reason);
        throw signal.reason;
      }
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw signal.aborted ? error : new GatewayError(GATEWAY_SILENT);
      });
      if (done) return;
      onBytes(value);
      exchange.unread += value.byteLength;
      const bytes = value.slice().buffer;
      post({ type: "chunk", id, bytes }, [bytes]);
    }
  }

  function abortAll(): void {
    const live = [...exchanges.values()];
    exchanges.clear();
    for (const { abort } of live) abort.abort();
  }

  function close(): void {
    port.onmessage = null;
    port.close();
    abortAll();
  }

  return { abortAll, close };
}
