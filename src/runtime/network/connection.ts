import { CREDIT_WINDOW, type SocketCommand } from "../../gateway/protocol.ts";
import type { HostRange } from "../protocol.ts";
import type { ConnectionEntry, ConnectionLog } from "./connection-log.ts";
import { encodeControl, type WorkerEvent } from "./frames.ts";
import { createOutbox } from "./outbox.ts";
import type { Permissions } from "./permissions.ts";
import type { SecretGuard } from "./secret-guard.ts";

type Begin = Extract<SocketCommand, { op: "connect" | "resolve" }>;

/** One channel of a worker: a connection, or a look-up. */
export interface Connection {
  /** Null: a look-up, which is not shown. */
  readonly entry: ConnectionEntry | null;
  /** The peer has accepted it. */
  opened: boolean;
  /** Bytes that the gateway has not acknowledged. */
  outstanding: number;
  /** Bytes that the worker has not acknowledged. */
  unread: number;
  /** True while something that it sends waits for the person. */
  readonly holds: boolean;
  /** Where the host is, as far as the gateway has told. */
  range: HostRange;
  begin(): void;
  /** It was made. */
  reached(): void;
  /** False: it is more than our own worker sends. */
  data(raw: ArrayBuffer, bytes: Uint8Array): boolean;
  /** False: it is none that our own worker sends. */
  command(command: Exclude<SocketCommand, Begin>): boolean;
  /** It is gone: what is held is never sent. */
  drop(): void;
  /** Ends it from here, whatever its worker does. */
  close(): void;
}

export interface ConnectionDeps {
  readonly channel: number;
  readonly begin: Begin;
  readonly permissions: Permissions;
  readonly guard: SecretGuard;
  readonly log: ConnectionLog;
  readonly toGateway: (frame: ArrayBuffer) => void;
  readonly toWorker: (event: WorkerEvent) => void;
  /** The gateway hears of its end now, or never heard of it. */
  readonly onEnd: () => void;
  /** What it sends is held now, or not any more. */
  readonly onHold: () => void;
}

export function createConnection(deps: ConnectionDeps): Connection {
  const { channel, begin, permissions, guard, log, toGateway, toWorker, onEnd, onHold } = deps;
  const { host } = begin;
  const port = begin.op === "connect" ? begin.port : null;
  const shownHost = guard.shown(host);
  const entry = port === null ? null : log.open({ host: shownHost, port, tls: false });
  const watch = guard.watch(host, port);
  /** The gateway knows of it. */
  let begun = false;
  const outbox = createOutbox({
    onHold(held) {
      toWorker({ ev: held ? "asking" : "answered" });
      entry?.update({ state: held ? "waiting-for-permission" : connection.opened ? "open" : "connecting" });
      onHold();
    },
    onDenied(message) {
      if (begun) send({ op: "close" });
      onEnd();
      entry?.end("failed", message);
      toWorker({ ev: "error", code: "EACCES", message });
      toWorker({ ev: "closed" });
    },
  });

  function send(command: SocketCommand): void {
    toGateway(encodeControl(channel, command));
  }

  /** A handshake's first message tells everyone on the way the server's name and the protocols. */
  function clearHandshake({ servername, alpn }: Extract<SocketCommand, { op: "starttls" }>): void {
    const content = alpn?.join(" ") ?? "";
    outbox.put({ clearance: () => guard.hostName(servername, port), send: () => {} });
    outbox.put({
      clearance: () => guard.request(host, port, [{ place: "address", content }]),
      send: () => {},
    });
  }

  const connection: Connection = {
    entry,
    opened: false,
    range: "public",
    outstanding: 0,
    unread: 0,
    get holds() {
      return outbox.holds;
    },
    begin() {
      outbox.put({ clearance: () => guard.hostName(host, port), send: () => {} });
      // The gateway is told the name only then: it looks it up.
      outbox.put({
        clearance: () => permissions.clear(shownHost, port),
        send() {
          begun = true;
          send(begin);
        },
      });
    },
    reached() {
      if (port !== null) permissions.reached(shownHost, port, connection.range);
    },
    data(raw, bytes) {
      if (connection.outstanding + bytes.length > CREDIT_WINDOW) return false;
      connection.outstanding += bytes.length;
      outbox.put({
        clearance: () => watch.next(bytes),
        send() {
          // First on its way, then looked at: nobody waits for the Network tab.
          toGateway(raw);
          entry?.sent(bytes);
        },
      });
      return true;
    },
    command(command) {
      if (command.op === "ack") {
        if (command.bytes > connection.unread) return false;
        connection.unread -= command.bytes;
        send(command);
        return true;
      }
      // Behind what is held; so does a close, since what was written before it is sent where the person allows it.
      if (command.op === "starttls") clearHandshake(command);
      outbox.put({
        clearance: () => null,
        send() {
          if (command.op === "starttls") entry?.update({ verified: command.verify });
          if (begun) send(command);
          if (command.op !== "close") return;
          onEnd();
          entry?.end("closed");
        },
      });
      return true;
    },
    drop: () => outbox.drop(),
    close() {
      outbox.drop();
      if (begun) send({ op: "close" });
      onEnd();
      entry?.end("closed");
      toWorker({ ev: "closed" });
    },
  };
  return connection;
}
