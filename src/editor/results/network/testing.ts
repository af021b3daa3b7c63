import type { ShownBody, ShownConnection, ShownExchange, ShownMessage } from "../../../runs/index.ts";

/** A body of `text`, complete unless `change` says otherwise. */
export function body(text = "", change: Partial<ShownBody> = {}): ShownBody {
  return {
    size: text.length,
    state: "complete",
    mediaType: "",
    charset: "",
    encoding: "",
    content: text === "" ? { kind: "empty" } : { kind: "text", text },
    isCut: false,
    ...change,
  };
}

export function message(headers: ShownMessage["headers"] = [], content: ShownBody = body()): ShownMessage {
  return { headers, body: content };
}

/** `GET /` that was answered with 200, unless `change` says otherwise. */
export function exchange(change: Partial<ShownExchange> = {}): ShownExchange {
  return {
    id: 1,
    method: "GET",
    path: "/",
    version: "HTTP/1.1",
    status: 200,
    reason: "OK",
    startedAt: 0,
    firstByteMs: 2,
    durationMs: 3,
    request: message([["Host", "api.example.com"]]),
    response: message(),
    ...change,
  };
}

/** A closed connection to `api.example.com:443` with these exchanges. */
export function connection(
  exchanges: readonly ShownExchange[] = [],
  change: Partial<ShownConnection> = {},
): ShownConnection {
  return {
    id: 1,
    host: "api.example.com",
    port: 443,
    tls: true,
    verified: true,
    state: "closed",
    startedAt: 0,
    durationMs: 181,
    bytesOut: 812,
    bytesIn: 2304,
    exchanges,
    error: null,
    ...change,
  };
}
