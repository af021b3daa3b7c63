import type { SocketCommand, SocketEvent } from "../../gateway/protocol.ts";
import { readCommand } from "./commands.ts";
import { type Connection, createConnection } from "./connection.ts";
import type { ConnectionLog } from "./connection-log.ts";
import {
  decodeFrame,
  encodeControl,
  FRAME_HEADER_BYTES,
  type Frame,
  MAX_CONTROL_BYTES,
  MAX_DATA_BYTES,
  type WorkerEvent,
} from "./frames.ts";
import { createOffences } from "./offences.ts";
import { denial, type Permissions } from "./permissions.ts";
import type { SecretGuard } from "./secret-guard.ts";

/** Channels that one worker may have at a time. */
const MAX_CHANNELS = 250;
const ENDED_WHILE_ASKED =
  "The server ended the connection before it was answered whether the secret may be sent there. Test the step again.";
/** A worker that ends its step's connections by itself has done so by then; its last bytes may come a while after the step's end. */
const CLOSING_TIME = 1000;
/** What is received in pieces of up to this size goes to the worker before it is looked at. */
const COPIED_BYTES = 16 * 1024;

export interface SocketTunnelDeps {
  /** To the worker. */
  readonly port: MessagePort;
  readonly openSockets: () => WebSocket;
  readonly permissions: Permissions;
  readonly guard: SecretGuard;
  readonly log: ConnectionLog;
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

export interface SocketTunnel {
  /** Opens the WebSocket ahead of the first connection. */
  warmUp(): void;
  /** Resolves when nothing that was sent is held any more. */
  settled(): Promise<void>;
  /** The step is over: a worker that leaves connections open soon has none. */
  endStep(): void;
  close(): void;
}

/**
 * Carries frames between a worker and the gateway over one WebSocket, so that closing it ends all of the worker's connections.
 * The worker is not trusted: what it sends is checked, and policy is decided here.
 */
export function createSocketTunnel(deps: SocketTunnelDeps): SocketTunnel {
  const { port, openSockets, permissions, guard, log, now } = deps;
  const connections = new Map<number, Connection>();
  let socket: WebSocket | null = null;
  let waiting: ArrayBuffer[] = [];
  let closed = false;
  const settling: (() => void)[] = [];
  const offences = createOffences(now);

  function open(): WebSocket {
    const opened = openSockets();
    socket = opened;
    opened.onopen = () => {
      for (const frame of waiting) opened.send(frame);
      waiting = [];
    };
    opened.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (socket === opened && data instanceof ArrayBuffer) fromGateway(data);
    };
    opened.onclose = () => {
      if (socket !== opened) return;
      socket = null;
      drop("failed", "The connection to the gateway was lost.");
      port.postMessage(null);
    };
    return opened;
  }

  function drop(state: "closed" | "failed", error: string | null): void {
    waiting = [];
    const dropped = [...connections.values()];
    connections.clear();
    for (const connection of dropped) {
      connection.drop();
      connection.entry?.end(state, error);
    }
  }

  function toGateway(frame: ArrayBuffer): void {
    const { readyState } = socket ?? open();
    if (readyState === WebSocket.OPEN) socket?.send(frame);
    else if (readyState === WebSocket.CONNECTING) waiting.push(frame);
  }

  function toWorker(channel: number, event: WorkerEvent): void {
    const frame = encodeControl(channel, event);
    port.postMessage(frame, [frame]);
  }

  function refuse(channel: number, code: string, message: string): void {
    toWorker(channel, { ev: "error", code, message });
    toWorker(channel, { ev: "closed" });
  }

  // From the worker

  function fromWorker(data: unknown): void {
    if (!offences.message()) {
      expel();
      return;
    }
    const frame = data instanceof ArrayBuffer && withinLimits(data) ? decodeFrame(data) : null;
    if ((!frame || !accept(frame, data as ArrayBuffer)) && !offences.malformed()) expel();
  }

  /** False: the frame is none that our own worker sends. */
  function accept(frame: Frame, raw: ArrayBuffer): boolean {
    if (frame.kind === "store-reply") return false;
    const connection = connections.get(frame.channel);
    if (frame.kind === "data") return connection?.data(raw, frame.bytes) ?? true;
    const command = readCommand(frame.text);
    if (!command) {
      if (!connection) refuse(frame.channel, "EINVAL", "The connection can't be made as it was asked for.");
      return false;
    }
    if (command.op === "connect" || command.op === "resolve") {
      if (connection) return false;
      begin(frame.channel, command);
      return true;
    }
    // A command may cross the news that the channel is closed.
    return connection?.command(command) ?? true;
  }

  function begin(channel: number, command: Extract<SocketCommand, { op: "connect" | "resolve" }>): void {
    if (connections.size >= MAX_CHANNELS) {
      refuse(channel, "EMFILE", `No more than ${MAX_CHANNELS} connections can be open at a time.`);
      return;
    }
    const connection = createConnection({
      channel,
      begin: command,
      permissions,
      guard,
      log,
      toGateway,
      toWorker: (event) => toWorker(channel, event),
      onEnd: () => connections.delete(channel),
      onHold: settle,
    });
    connections.set(channel, connection);
    connection.begin();
  }

  /** Lets those go on who wait until nothing is held. */
  function settle(): void {
    if ([...connections.values()].some(({ holds }) => holds)) return;
    for (const resolve of settling.splice(0)) resolve();
  }

  // From the gateway

  function fromGateway(raw: ArrayBuffer): void {
    const frame = decodeFrame(raw);
    const connection = frame && connections.get(frame.channel);
    if (!frame || !connection || frame.kind === "store-reply") return;
    if (frame.kind === "data") {
      connection.unread += frame.bytes.length;
      // Small ones are first on their way, then looked at. Transferred they are gone, and copying large ones costs more.
      const kept = frame.bytes.length <= COPIED_BYTES ? frame.bytes.slice() : null;
      if (!kept) connection.entry?.received(frame.bytes);
      port.postMessage(raw, [raw]);
      if (kept) connection.entry?.received(kept);
      return;
    }
    handle(frame.channel, connection, JSON.parse(frame.text) as SocketEvent);
    port.postMessage(raw, [raw]);
  }

  function handle(channel: number, connection: Connection, event: SocketEvent): void {
    const { entry } = connection;
    switch (event.ev) {
      case "ask":
        entry?.update({ state: "waiting-for-permission" });
        void decide(channel, connection, event);
        break;
      case "open":
        connection.opened = true;
        entry?.update({ state: "open" });
        connection.reached();
        break;
      case "tls":
        entry?.encrypted();
        break;
      case "ack":
        connection.outstanding = Math.max(0, connection.outstanding - event.bytes);
        break;
      case "error":
        entry?.end("failed", event.message);
        break;
      case "closed":
        connections.delete(channel);
        // Servers don't wait forever for a request.
        if (connection.holds) entry?.end("failed", ENDED_WHILE_ASKED);
        connection.drop();
        entry?.end("closed");
        break;
    }
  }

  async function decide(
    channel: number,
    connection: Connection,
    { host, port: targetPort, address, range }: Extract<SocketEvent, { ev: "ask" }>,
  ): Promise<void> {
    const question = { kind: "host", host: guard.shown(host), port: targetPort, address, range } as const;
    connection.range = range;
    const answer = await permissions.ask(question);
    if (connections.get(channel) !== connection) return;
    if (answer === "allow") connection.entry?.update({ state: "connecting" });
    toWorker(channel, { ev: "answered" });
    toGateway(
      encodeControl(
        channel,
        answer === "allow" ? { op: "allow" } : { op: "deny", message: denial(question) },
      ),
    );
  }

  /** The worker does what ours never does: it gets no network any more. */
  function expel(): void {
    drop("failed", "The step's Python broke the rules of its network and was cut off.");
    port.postMessage(null);
    close();
  }

  function close(): void {
    closed = true;
    port.onmessage = null;
    port.close();
    const old = socket;
    socket = null;
    old?.close();
    drop("closed", null);
  }

  port.onmessage = ({ data }: MessageEvent<unknown>) => fromWorker(data);

  return {
    warmUp() {
      if (!closed && !socket) open();
    },
    settled() {
      const { promise, resolve } = Promise.withResolvers<void>();
      settling.push(resolve);
      settle();
      return promise;
    },
    endStep() {
      const left = [...connections];
      if (left.length === 0) return;
      setTimeout(() => {
        for (const [channel, connection] of left)
          if (connections.get(channel) === connection) connection.close();
      }, CLOSING_TIME);
    },
    close,
  };
}

function withinLimits(frame: ArrayBuffer): boolean {
  const first = frame.byteLength > 0 ? new Uint8Array(frame, 0, 1)[0] : undefined;
  return frame.byteLength <= FRAME_HEADER_BYTES + (first === 0 ? MAX_CONTROL_BYTES : MAX_DATA_BYTES);
}
