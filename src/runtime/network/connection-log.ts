import type { ConnectionRecord, HttpExchange } from "../protocol.ts";

/** Milliseconds between two records of one connection. */
const REPORT_EVERY = 50;
/** Connections of one step that are reported; the others are made all the same. */
const MAX_RECORDS = 2000;

/** What changes in a record while the connection lives. */
export type ConnectionChange = Partial<
  Pick<ConnectionRecord, "tls" | "state" | "bytesIn" | "bytesOut" | "exchanges" | "error">
>;

/** One connection's line in the Network tab. */
export interface ConnectionEntry {
  update(change: ConnectionChange): void;
  sent(bytes: number): void;
  received(bytes: number): void;
  /** The last report; what comes after it is dropped. */
  end(state: "closed" | "failed", error?: string | null): void;
}

export interface ConnectionLog {
  open(target: { readonly host: string; readonly port: number; readonly tls: boolean }): ConnectionEntry;
  /** Connections from before are not reported any more. */
  beginStep(): void;
}

export function createConnectionLog(
  report: (record: ConnectionRecord) => void,
  mask: (text: string) => string,
): ConnectionLog {
  let lastId = 0;
  let reported = 0;
  let step = 0;

  return {
    beginStep() {
      step += 1;
      reported = 0;
    },
    open(target) {
      lastId += 1;
      reported += 1;
      const silent = reported > MAX_RECORDS;
      const ofStep = step;
      const startedAt = Date.now();
      const begin = performance.now();
      let record: ConnectionRecord = {
        id: lastId,
        ...target,
        state: "connecting",
        startedAt,
        durationMs: null,
        bytesOut: 0,
        bytesIn: 0,
        exchanges: [],
        error: null,
      };
      let timer: ReturnType<typeof setTimeout> | undefined;
      let ended = false;

      function tell(): void {
        clearTimeout(timer);
        timer = undefined;
        if (!silent && ofStep === step) report(record);
      }
      function update(change: ConnectionChange): void {
        if (ended) return;
        const stateChanged = change.state !== undefined && change.state !== record.state;
        record = { ...record, ...change };
        if (stateChanged) tell();
        else timer ??= setTimeout(tell, REPORT_EVERY);
      }
      tell();
      return {
        update,
        sent: (bytes) => update({ bytesOut: record.bytesOut + bytes }),
        received: (bytes) => update({ bytesIn: record.bytesIn + bytes }),
        end(state, error = null) {
          if (ended) return;
          ended = true;
          const durationMs = performance.now() - begin;
          record = { ...record, state, error: error === null ? null : mask(error), durationMs };
          tell();
        },
      };
    },
  };
}

export type { HttpExchange };
