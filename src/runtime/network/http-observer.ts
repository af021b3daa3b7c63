import type { HttpExchange } from "../protocol.ts";
import { type BodyEnd, createMessageReader } from "./http-message.ts";

/** Exchanges of one connection that are kept; the oldest go first. */
const MAX_EXCHANGES = 200;
/** Requests that may wait for their answers; pipelining beyond that is not followed. */
const MAX_PIPELINED = 1000;
const MAX_PATH = 2000;
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) (\S+) HTTP\/1\.[01]$/;
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: |$)/;

/** Sees the plaintext of a connection pass by and notes the HTTP/1.x exchanges in it. */
export interface HttpObserver {
  /** Those so far. The list changes; the exchanges in it do not. */
  exchanges(): readonly HttpExchange[];
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  /** The connection has ended, and with it an answer whose body lasts until then. */
  closed(): void;
}

interface Pending {
  readonly index: number;
  readonly method: string;
  readonly begin: number;
}

export interface HttpObserverDeps {
  /** An exchange has changed. */
  readonly onChange: () => void;
  /** Replaces secrets in a path. */
  readonly mask: (text: string) => string;
}

export function createHttpObserver({ onChange, mask }: HttpObserverDeps): HttpObserver {
  const pending: Pending[] = [];
  const exchanges: HttpExchange[] = [];
  let dropped = 0;
  /** The request whose answer's body passes now. */
  let answering: Pending | null = null;

  function change(request: Pending, difference: Partial<HttpExchange>): void {
    const exchange = exchanges[request.index - dropped];
    if (!exchange) return;
    exchanges[request.index - dropped] = { ...exchange, ...difference };
    onChange();
  }

  function finishAnswer(): void {
    if (answering) change(answering, { durationMs: performance.now() - answering.begin });
    answering = null;
  }

  const requests = createMessageReader({
    accepts: (line) => REQUEST_LINE.test(line) && pending.length < MAX_PIPELINED,
    head(startLine, headers): BodyEnd {
      const [, method = "", path = ""] = REQUEST_LINE.exec(startLine) ?? [];
      pending.push({ index: dropped + exchanges.length, method, begin: performance.now() });
      exchanges.push({
        method,
        path: mask(path).slice(0, MAX_PATH),
        status: null,
        startedAt: Date.now(),
        durationMs: null,
      });
      if (exchanges.length > MAX_EXCHANGES) {
        exchanges.shift();
        dropped += 1;
      }
      onChange();
      if (method === "CONNECT") return { kind: "not-http" };
      return framing(headers) ?? { kind: "none" };
    },
    end() {},
  });

  const answers = createMessageReader({
    accepts: (line) => STATUS_LINE.test(line) && pending.length > 0,
    head(startLine, headers): BodyEnd {
      const status = Number(STATUS_LINE.exec(startLine)?.[1]);
      // 100 Continue and the like precede the real answer.
      if (status < 200 && status !== 101) return { kind: "none" };
      const request = pending.shift();
      if (!request) return { kind: "not-http" };
      answering = request;
      change(request, { status });
      if (status === 101 || (request.method === "CONNECT" && status < 300)) {
        finishAnswer();
        return { kind: "not-http" };
      }
      if (request.method === "HEAD" || status === 204 || status === 304) return { kind: "none" };
      return framing(headers) ?? { kind: "close" };
    },
    end: finishAnswer,
  });

  return {
    exchanges: () => exchanges,
    sent(bytes) {
      if (!requests.lost) requests.push(bytes);
    },
    received(bytes) {
      if (!answers.lost) answers.push(bytes);
    },
    closed: finishAnswer,
  };
}

/** How the headers say that the body ends; null where they say nothing. */
function framing(headers: ReadonlyMap<string, string>): BodyEnd | null {
  const encoding = headers.get("transfer-encoding");
  if (encoding !== undefined)
    return /\bchunked\s*$/i.test(encoding) ? { kind: "chunked" } : { kind: "close" };
  const length = headers.get("content-length");
  if (length === undefined) return null;
  return /^\d{1,15}$/.test(length) ? { kind: "length", bytes: Number(length) } : { kind: "not-http" };
}
