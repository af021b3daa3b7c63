import type { ConnectionRecord } from "../protocol.ts";
import { createBudget } from "./capture.ts";
import { type ExchangeRecorder, type RequestHead, recordExchange } from "./http-exchange.ts";
import { createHttpObserver, type HttpObserver } from "./http-observer.ts";

/** Milliseconds between two records of one connection. */
const REPORT_EVERY = 50;
/** Connections of one step that are reported; the others are made all the same. */
const MAX_RECORDS = 2000;

/** What changes in a record while the connection lives. */
export type ConnectionChange = Partial<
  Pick<ConnectionRecord, "tls" | "verified" | "state" | "bytesIn" | "bytesOut" | "error">
>;

/** One connection's line in the Network tab. */
export interface ConnectionEntry {
  update(change: ConnectionChange): void;
  /** Counts bytes without looking at them. */
  count(sent: number, received: number): void;
  /** Counts bytes and looks for HTTP in them. */
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  /** What passes from now on is TLS's plaintext: what was seen before it has ended. */
  encrypted(): void;
  /** The one exchange of a connection whose bytes don't pass here; it ends with the connection. */
  exchange(head: Omit<RequestHead, "id">): ExchangeRecorder;
  /** The last report; what comes after it is dropped. */
  end(state: "closed" | "failed", error?: string | null): void;
}

export interface ConnectionTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export interface ConnectionLog {
  open(target: ConnectionTarget): ConnectionEntry;
  /** Connections from before are not reported any more. */
  beginStep(): void;
  /** Reports what is open as closed: the step is over, and its connections with it. */
  endStep(): void;
}

/** Reports a step's connections as they are, secrets included. */
export function createConnectionLog(report: (record: ConnectionRecord) => void): ConnectionLog {
  let lastId = 0;
  let reported = 0;
  let budget = createBudget();
  let live = new Set<ConnectionEntry>();

  function open(target: ConnectionTarget): ConnectionEntry {
    lastId += 1;
    reported += 1;
    const silent = reported > MAX_RECORDS;
    const begin = performance.now();
    let record: ConnectionRecord = {
      id: lastId,
      host: target.host,
      port: target.port,
      tls: target.tls,
      verified: target.tls ? true : null,
      state: "connecting",
      startedAt: Date.now(),
      durationMs: null,
      bytesOut: 0,
      bytesIn: 0,
      exchanges: [],
      error: null,
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let observer = observe();
    let fetched: ExchangeRecorder | null = null;

    function observe(): HttpObserver {
      return createHttpObserver({ onChange: () => later(), budget });
    }
    function tell(): void {
      clearTimeout(timer);
      timer = undefined;
      if (silent || !live.has(entry)) return;
      const exchanges = fetched ? [fetched.snapshot()] : observer.exchanges();
      report(exchanges.length > 0 ? { ...record, exchanges } : record);
    }
    function later(): void {
      if (!silent) timer ??= setTimeout(tell, REPORT_EVERY);
    }
    const entry: ConnectionEntry = {
      update(change) {
        const stateChanged = change.state !== undefined && change.state !== record.state;
        record = { ...record, ...change };
        if (stateChanged) tell();
        else later();
      },
      count(sent, received) {
        entry.update({ bytesOut: record.bytesOut + sent, bytesIn: record.bytesIn + received });
      },
      sent(bytes) {
        observer.sent(bytes);
        entry.count(bytes.length, 0);
      },
      received(bytes) {
        observer.received(bytes);
        entry.count(0, bytes.length);
      },
      encrypted() {
        observer = observe();
        entry.update({ tls: true });
      },
      exchange(head) {
        fetched = recordExchange({ ...head, id: 1 }, budget);
        later();
        return fetched;
      },
      end(state, error = null) {
        if (!live.has(entry)) return;
        observer.closed();
        fetched?.requestBody.end("cut-off");
        fetched?.finish("cut-off");
        const durationMs = performance.now() - begin;
        record = { ...record, state, error, durationMs };
        tell();
        live.delete(entry);
      },
    };
    live.add(entry);
    tell();
    return entry;
  }

  return {
    open,
    beginStep() {
      live = new Set();
      reported = 0;
      budget = createBudget();
    },
    endStep() {
      for (const entry of [...live]) entry.end("closed");
    },
  };
}
