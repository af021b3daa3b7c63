import type { StepRunState } from "../../../runs/index.ts";

export type Connection = StepRunState["network"][number];

/** A line of the network table: one request of a connection, or the connection itself where none can be seen in it. */
export interface NetworkEntry {
  readonly key: string;
  readonly host: string;
  /** `GET /api/users`; null where none was seen. */
  readonly request: string | null;
  /** Requests can't be seen in an encrypted connection. */
  readonly encrypted: boolean;
  /** What came of it: the HTTP status, or the connection's state in words. */
  readonly result: string;
  readonly tone: "ok" | "bad" | "run" | "muted";
  readonly durationMs: number | null;
  /** Sent and received, on the connection's first line only. */
  readonly bytes: { readonly out: number; readonly in: number } | null;
  /** What went wrong, in a sentence. */
  readonly error: string | null;
}

const states: Readonly<Record<Connection["state"], readonly [string, NetworkEntry["tone"]]>> = {
  connecting: ["Connecting", "run"],
  "waiting-for-permission": ["Waiting for permission", "run"],
  open: ["Open", "run"],
  closed: ["Closed", "muted"],
  failed: ["Failed", "bad"],
};

/** The lines of a step's connections, in the order they were made. */
export function entriesOf(network: readonly Connection[]): readonly NetworkEntry[] {
  return network.flatMap((connection): readonly NetworkEntry[] => {
    const { id, host, port, exchanges, error, bytesOut, bytesIn } = connection;
    const shared = { host: `${host}:${port}`, encrypted: connection.tls, error };
    const bytes = { out: bytesOut, in: bytesIn };
    const [state, tone] = states[connection.state];
    if (exchanges.length === 0) {
      return [
        {
          ...shared,
          key: `${id}`,
          request: null,
          result: state,
          tone,
          durationMs: connection.durationMs,
          bytes,
        },
      ];
    }
    return exchanges.map((exchange, index) => ({
      ...shared,
      key: `${id}-${index}`,
      request: `${exchange.method} ${exchange.path}`,
      result: exchange.status === null ? state : String(exchange.status),
      tone: exchange.status === null ? tone : exchange.status < 400 ? "ok" : "bad",
      durationMs: exchange.durationMs,
      bytes: index === 0 ? bytes : null,
      error: index === 0 ? error : null,
    }));
  });
}
