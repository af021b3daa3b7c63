import type { FetchToPage, FetchToWorker } from "../network/fetch-messages.ts";
import { createIncomingBody, type IncomingBody } from "./fetch-body.ts";

/** Statuses whose response must not have a body. */
const BODYLESS = new Set([204, 205, 304]);
/** Relative URLs have no base in a worker without an address. */
const BASE = "http://pyodide.invalid/";

interface Exchange {
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
  body: IncomingBody | null;
  readonly stopListening: () => void;
}

/**
 * A `fetch` over `port`, which ends at the page. `local` may answer by itself, before anything is sent. Put it in the place of
 * `self.fetch` before Pyodide is started, which binds it then.
 */
export function makeFetch(
  port: MessagePort,
  local: (url: string) => Response | Promise<Response> | undefined,
): typeof fetch {
  const exchanges = new Map<number, Exchange>();
  let lastId = 0;
  const send = (message: FetchToPage, transfer: Transferable[] = []) => port.postMessage(message, transfer);

  function finish(id: number): Exchange | undefined {
    const exchange = exchanges.get(id);
    exchanges.delete(id);
    exchange?.stopListening();
    return exchange;
  }

  function fail(id: number, reason: unknown): void {
    const exchange = finish(id);
    exchange?.reject(reason);
    exchange?.body?.fail(reason);
  }

  function respond(message: Extract<FetchToWorker, { type: "response" }>, exchange: Exchange): Response {
    const { id, status, statusText, headers, url, redirected } = message;
    if (!BODYLESS.has(status)) {
      exchange.body = createIncomingBody(
        (bytes) => send({ type: "taken", id, bytes }),
        () => {
          if (finish(id)) send({ type: "abort", id });
        },
      );
    }
    const response = new Response(exchange.body?.stream ?? null, {
      status,
      statusText,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
    });
    return Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } });
  }

  port.onmessage = ({ data: message }: MessageEvent<FetchToWorker>) => {
    const exchange = exchanges.get(message.id);
    if (!exchange) return;
    switch (message.type) {
      case "response":
        exchange.resolve(respond(message, exchange));
        break;
      case "chunk":
        exchange.body?.add(new Uint8Array(message.bytes));
        break;
      case "end":
        finish(message.id)?.body?.end();
        break;
      case "error":
        // runnel.net makes Python's PermissionError of the code.
        fail(
          message.id,
          Object.assign(new TypeError(message.message), message.denied ? { code: "EACCES" } : {}),
        );
        break;
    }
  };

  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input), BASE).href;
    const answer = local(url);
    if (answer) return answer;
    const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
    signal?.throwIfAborted();
    const request = new Request(input instanceof Request ? input : url, { ...init, signal: null });
    const body = request.body === null ? null : await request.arrayBuffer();
    signal?.throwIfAborted();
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        send({ type: "abort", id });
        fail(id, signal?.reason);
      };
      signal?.addEventListener("abort", onAbort);
      exchanges.set(id, {
        resolve,
        reject,
        body: null,
        stopListening: () => signal?.removeEventListener("abort", onAbort),
      });
      const { method, redirect } = request;
      const message: FetchToPage = {
        type: "request",
        id,
        url,
        method,
        headers: [...request.headers],
        redirect,
        body,
      };
      send(message, body ? [body] : []);
    });
  };
}
