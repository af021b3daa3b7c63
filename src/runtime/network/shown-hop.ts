import type { ConnectionEntry, ConnectionLog } from "./connection-log.ts";
import { portOf } from "./fetch-hop.ts";
import type { Answered, FetchHop } from "./fetch-hops.ts";

/** A request of the worker's `fetch` as it is shown: a connection with one exchange. A redirect makes another one. */
export interface ShownHop {
  readonly entry: ConnectionEntry;
  answered(head: Answered["head"]): void;
  received(bytes: Uint8Array): void;
  /** The answer is complete, or what follows of it is not read. */
  end(): void;
}

/** @param host the name for the person: without secrets */
export function showHop(
  log: ConnectionLog,
  { url, method, headers, body }: FetchHop,
  host: string,
): ShownHop {
  const entry = log.open({ host, port: portOf(url), tls: url.protocol === "https:" });
  const shown = entry.exchange({ method, headers, path: url.pathname + url.search, version: "" });
  const sent = new Uint8Array(body ?? new ArrayBuffer());
  shown.requestBody.push(sent);
  shown.requestBody.end("complete");
  entry.count(sent.length, 0);
  return {
    entry,
    answered({ status, statusText, headers: received }) {
      shown.answered({ status, reason: statusText, headers: received });
      entry.update({ state: "open" });
    },
    received(bytes) {
      entry.count(0, bytes.length);
      shown.responseBody.push(bytes);
    },
    end() {
      shown.finish("complete");
      entry.end("closed");
    },
  };
}
