import type { HttpExchange, HttpHeader } from "../protocol.ts";
import type { CaptureBudget } from "./capture.ts";
import { type ExchangeRecorder, recordExchange } from "./http-exchange.ts";
import { type BodyEnd, createMessageReader } from "./http-message.ts";

/** Exchanges of one connection that are kept; the oldest go first. */
const MAX_EXCHANGES = 200;
/** Requests that may wait for their answers; pipelining beyond that is not followed. */
const MAX_PIPELINED = 1000;
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) (\S+) (HTTP\/1\.[01])$/;
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/;

/** Sees the plaintext of a connection pass by and notes the HTTP/1.x exchanges in it. */
export interface HttpObserver {
  /** Those so far, as they stand; none of them is changed later. */
  exchanges(): readonly HttpExchange[];
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  /** The connection has ended, and with it an answer whose body lasts until then. */
  closed(): void;
}

export interface HttpObserverDeps {
  /** An exchange has begun, was answered or has ended. Of bodies that go on nothing is told. */
  readonly onChange: () => void;
  readonly budget: CaptureBudget;
}

export function createHttpObserver({ onChange, budget }: HttpObserverDeps): HttpObserver {
  const pending: ExchangeRecorder[] = [];
  const exchanges: ExchangeRecorder[] = [];
  let lastId = 0;
  /** The request whose body passes now. */
  let asking: ExchangeRecorder | null = null;
  /** The request whose answer's body passes now, and whether that lasts until the connection ends. */
  let answering: ExchangeRecorder | null = null;
  let untilClose = false;

  function begin(startLine: string, headers: readonly HttpHeader[]): ExchangeRecorder {
    const [, method = "", path = "", version = ""] = REQUEST_LINE.exec(startLine) ?? [];
    lastId += 1;
    const exchange = recordExchange({ id: lastId, method, path, version, headers }, budget);
    pending.push(exchange);
    exchanges.push(exchange);
    if (exchanges.length > MAX_EXCHANGES) exchanges.shift()?.forget();
    return exchange;
  }

  function finishAnswer(how: "complete" | "cut-off"): void {
    if (!answering) return;
    answering.finish(how);
    answering = null;
    onChange();
  }

  const requests = createMessageReader({
    accepts: (line) => REQUEST_LINE.test(line) && pending.length < MAX_PIPELINED,
    head(startLine, headers): BodyEnd {
      asking = begin(startLine, headers);
      onChange();
      const isTunnel = asking.method === "CONNECT";
      const end = isTunnel ? notHttp : (framing(headers) ?? noBody);
      if (end.kind === "not-http") asking.requestBody.end(isTunnel ? "complete" : "cut-off");
      return end;
    },
    body: (bytes) => asking?.requestBody.push(bytes),
    end() {
      asking?.requestBody.end("complete");
      asking = null;
      onChange();
    },
  });

  const answers = createMessageReader({
    accepts: (line) => STATUS_LINE.test(line) && pending.length > 0,
    head(startLine, headers): BodyEnd {
      const [, code, reason = ""] = STATUS_LINE.exec(startLine) ?? [];
      const status = Number(code);
      // 100 Continue and the like precede the real answer.
      if (status < 200 && status !== 101) return noBody;
      const request = pending.shift();
      if (!request) return notHttp;
      answering = request;
      request.answered({ status, reason, headers });
      onChange();
      if (status === 101 || (request.method === "CONNECT" && status < 300)) {
        finishAnswer("complete");
        return notHttp;
      }
      if (request.method === "HEAD" || status === 204 || status === 304) return noBody;
      const end = framing(headers) ?? untilTheEnd;
      untilClose = end.kind === "close";
      return end;
    },
    body: (bytes) => answering?.responseBody.push(bytes),
    end: () => finishAnswer("complete"),
  });

  return {
    exchanges: () => exchanges.map((exchange) => exchange.snapshot()),
    sent(bytes) {
      if (!requests.lost) requests.push(bytes);
    },
    received(bytes) {
      if (!answers.lost) answers.push(bytes);
    },
    closed() {
      asking?.requestBody.end("cut-off");
      finishAnswer(untilClose ? "complete" : "cut-off");
    },
  };
}

const noBody: BodyEnd = { kind: "none" };
const notHttp: BodyEnd = { kind: "not-http" };
const untilTheEnd: BodyEnd = { kind: "close" };

/** How the headers say that the body ends; null where they say nothing. */
function framing(headers: readonly HttpHeader[]): BodyEnd | null {
  const encoding = headerValue(headers, "transfer-encoding");
  if (encoding !== null) return /\bchunked\s*$/i.test(encoding) ? { kind: "chunked" } : { kind: "close" };
  const length = headerValue(headers, "content-length");
  if (length === null) return null;
  return /^\d{1,15}$/.test(length) ? { kind: "length", bytes: Number(length) } : notHttp;
}

/** The values of all headers of that name (in lower case), joined by commas; null where there is none. */
function headerValue(headers: readonly HttpHeader[], name: string): string | null {
  const values = headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
  return values.length === 0 ? null : values.join(", ");
}
