import type { ShownConnection, ShownExchange } from "../../../runs/index.ts";
import { inWords } from "./error-words.ts";
import { urlOf } from "./url.ts";

/** A line of the network table: one request of a connection, or the connection itself where none can be seen in it. */
export interface NetworkEntry {
  readonly key: string;
  readonly connection: ShownConnection;
  readonly exchange: ShownExchange | null;
  /** `GET`; of a connection without requests its kind. */
  readonly method: string;
  /** `https://api.example.com/users`; of a connection without requests `api.example.com:443`. */
  readonly url: string;
  /** What came of it: the HTTP status, or the connection's state in words. */
  readonly result: string;
  readonly tone: "ok" | "bad" | "run" | "warn" | "muted";
  /** Bytes: of a request's bodies, or of the whole connection. */
  readonly sent: number;
  /** Null while there is no answer. */
  readonly received: number | null;
  readonly startedAt: number;
  /** Until the answer began; null where there is none, and of a connection. */
  readonly firstByteMs: number | null;
  /** Null while it goes on. */
  readonly durationMs: number | null;
  /** What went wrong, in a sentence. */
  readonly error: string | null;
}

const states: Readonly<Record<ShownConnection["state"], readonly [string, NetworkEntry["tone"]]>> = {
  connecting: ["Connecting", "run"],
  "waiting-for-permission": ["Waiting for permission", "run"],
  open: ["Open", "run"],
  closed: ["Closed", "muted"],
  failed: ["Failed", "bad"],
};

/** Of connections that have not changed the lines stay the same. */
const known = new WeakMap<ShownConnection, readonly NetworkEntry[]>();

/** The lines of a step's connections, in the order they were made. */
export function entriesOf(network: readonly ShownConnection[]): readonly NetworkEntry[] {
  return network.flatMap((connection) => {
    const entries = known.get(connection) ?? linesOf(connection);
    known.set(connection, entries);
    return entries;
  });
}

function linesOf(connection: ShownConnection): readonly NetworkEntry[] {
  const last = connection.exchanges.at(-1);
  if (last === undefined) return [ofConnection(connection)];
  // What ended the connection ended the exchange that went on, or came after them all.
  return connection.exchanges.map((exchange) =>
    ofExchange(connection, exchange, exchange === last ? connection.error : null),
  );
}

function ofConnection(connection: ShownConnection): NetworkEntry {
  const { id, host, port, tls, bytesOut, bytesIn, startedAt, durationMs, error } = connection;
  const [result, tone] = states[connection.state];
  return {
    key: `${id}`,
    connection,
    exchange: null,
    method: tls ? "TLS" : "TCP",
    url: host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`,
    result,
    tone,
    sent: bytesOut,
    received: bytesIn,
    startedAt,
    firstByteMs: null,
    durationMs,
    error: error && inWords(error),
  };
}

function ofExchange(
  connection: ShownConnection,
  exchange: ShownExchange,
  error: string | null,
): NetworkEntry {
  const { status, reason, request, response, startedAt, firstByteMs, durationMs } = exchange;
  const [state, tone] = status === null ? unanswered(connection) : ["", toneOf(status)];
  return {
    key: `${connection.id}-${exchange.id}`,
    connection,
    exchange,
    method: exchange.method,
    url: urlOf(connection, exchange),
    result: status === null ? state : `${status} ${reason}`.trim(),
    tone,
    sent: request?.body.size ?? 0,
    received: response?.body.size ?? null,
    startedAt,
    firstByteMs,
    durationMs,
    error: error && inWords(error),
  };
}

function unanswered({ state }: ShownConnection): readonly [string, NetworkEntry["tone"]] {
  if (state === "closed") return ["No answer", "bad"];
  return state === "open" ? ["Waiting", "run"] : states[state];
}

function toneOf(status: number): NetworkEntry["tone"] {
  if (status < 300) return "ok";
  return status < 400 ? "muted" : "bad";
}

/** Those with every word of `filter` in their method, address, result or error. */
export function filterEntries(entries: readonly NetworkEntry[], filter: string): readonly NetworkEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ method, url, result, error }) => {
    const text = `${method} ${url} ${result} ${error ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
