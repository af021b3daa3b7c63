import type { ConnectionEntry, ConnectionLog } from "./connection-log.ts";
import { type Answered, type FetchHop, followRedirects, requestFor } from "./fetch-hops.ts";
import { FETCH_WINDOW, type FetchToPage, type FetchToWorker, PACKAGES_URL } from "./fetch-messages.ts";
import { readFetchMessage } from "./fetch-requests.ts";
import { GATEWAY_SILENT, type GatewayClient, GatewayError } from "./gateway-client.ts";
import { createOffences } from "./offences.ts";
import { type Ask, denial, targetOf } from "./permissions.ts";
import type { Clearance, SecretGuard } from "./secret-guard.ts";

const MAX_REQUESTS = 64;
/** Bytes of request bodies that are held at a time. */
const MAX_BODIES = 256 * 1024 * 1024;
/** Redirects into private networks ask one after the other; beyond this many it is not a redirect any more. */
const MAX_QUESTIONS = 10;

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
  readonly ask: Ask;
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
export function createFetchTunnel({ port, client, ask, guard, log }: FetchTunnelDeps): FetchTunnel {
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
    const target = checkUrl(request.url);
    const entry = log.open({
      host: bareHost(target),
      port: portOf(target),
      tls: target.protocol === "https:",
    });
    const { method, headers } = request;
    const shown = entry.exchange({ method, headers, path: target.pathname + target.search, version: "" });
    const sent = new Uint8Array(request.body ?? new ArrayBuffer());
    shown.requestBody.push(sent);
    shown.requestBody.end("complete");
    try {
      entry.count(sent.length, 0);
      const { head, body } = await fetchAllowed(request, exchange, entry);
      const { kind, ...response } = head;
      shown.answered({ ...head, reason: head.statusText }, head.redirected ? head.url : null);
      entry.update({ state: "open" });
      post({ type: "response", id: request.id, ...response });
      if (body) {
        await pass(request.id, body, exchange, (bytes) => {
          entry.count(0, bytes.length);
          shown.responseBody.push(bytes);
        });
      }
      shown.finish("complete");
      entry.end("closed");
    } catch (error) {
      entry.end("failed", error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** The response, after the person was asked about what the request carries and about each private address on the way. */
  async function fetchAllowed(
    request: Request,
    exchange: Exchange,
    entry: ConnectionEntry,
  ): Promise<Answered> {
    const allowed: string[] = [];
    const held = async <T>(answer: Promise<T>): Promise<T> => {
      entry.update({ state: "waiting-for-permission" });
      const given = await answer;
      exchange.abort.signal.throwIfAborted();
      entry.update({ state: "connecting" });
      return given;
    };

    async function send(hop: FetchHop): Promise<Answered> {
      const clearance = clearHop(guard, checkUrl(hop.url.href), hop);
      const denied = clearance && (await held(clearance));
      if (denied) throw new Error(denied);
      for (;;) {
        const fetched = await client.fetchThrough(
          requestFor(hop, [...allowed]),
          hop.body,
          exchange.abort.signal,
        );
        const { head } = fetched;
        if (head.kind === "response") return { ...fetched, head };
        await fetched.body?.cancel();
        if (head.kind === "error") throw new Error(head.message);
        const { host, port, address, range } = head;
        const asked = { kind: "host", host, port, address, range } as const;
        if (allowed.length >= MAX_QUESTIONS || (await held(ask(asked))) === "deny")
          throw new Error(denial(asked));
        allowed.push(targetOf(host, port));
      }
    }

    return followRedirects(request, send);
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

  function checkUrl(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url) throw new Error(`${text.slice(0, 200)} is not a URL.`);
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      throw new Error(`Only http and https can be fetched, not ${url.protocol}`);
    }
    if (url.host === new URL(client.origin).host) throw new Error("A step can't reach Runnel itself.");
    return url;
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

/** Whether the request may go to its host with what it carries. */
function clearHop(guard: SecretGuard, url: URL, { headers, body }: FetchHop): Clearance {
  const host = bareHost(url);
  const port = portOf(url);
  return (
    guard.hostName(host, port) ??
    guard.request(host, port, [
      { place: "address", content: url.href },
      ...headers.map(([name, value]) => ({ place: "header", content: `${name}: ${value}` }) as const),
      { place: "body", content: new Uint8Array(body ?? new ArrayBuffer()) },
    ])
  );
}

function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === "https:" ? 443 : 80);
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}
