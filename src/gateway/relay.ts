import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { Channel, type ChannelServices } from "./channel.ts";
import { readCommand } from "./commands.ts";
import { FrameKind, MAX_FRAME_BYTES, type SocketEvent, SUBPROTOCOL } from "./protocol.ts";

const headerBytes = 5;

/** WebSockets of the page, each with many channels. */
export interface Relay {
  /** Takes over an upgrade that has been let in. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createRelay(services: ChannelServices): Relay {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: headerBytes + MAX_FRAME_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  });
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (opened) => {
        if (server.clients.size > services.limits.sockets) opened.close(1013, "Too many sockets are open.");
        else serve(opened, services);
      });
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/** Runs the channels of one WebSocket until it closes; then none of their connections is left. */
function serve(socket: WebSocket, services: ChannelServices): void {
  const { limits } = services;
  const channels = new Map<number, Channel>();
  const lingering = new Set<Socket>();
  let wasCongested = false;
  let unwritten = 0;
  const congested = () => {
    const now = socket.bufferedAmount > limits.socketBacklog;
    wasCongested ||= now;
    return now;
  };

  function sent(): void {
    if (!wasCongested || socket.bufferedAmount > limits.socketBacklog / 2) return;
    wasCongested = false;
    for (const channel of channels.values()) channel.resume();
  }

  function send(kind: number, id: number, pieces: readonly Buffer[]): void {
    if (socket.readyState !== WebSocket.OPEN) return;
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const frame = Buffer.allocUnsafe(headerBytes + length);
    frame.writeUInt8(kind, 0);
    frame.writeUInt32LE(id, 1);
    let at = headerBytes;
    for (const piece of pieces) at += piece.copy(frame, at);
    socket.send(frame, sent);
  }

  const sendEvent = (id: number, event: SocketEvent) =>
    send(FrameKind.control, id, [Buffer.from(JSON.stringify(event))]);

  function open(id: number): Channel {
    const channel = new Channel(services, {
      event: (event) => sendEvent(id, event),
      data: (pieces) => send(FrameKind.data, id, pieces),
      congested,
      holding(change) {
        unwritten += change;
        return unwritten <= limits.unwritten;
      },
      ended(left) {
        channels.delete(id);
        if (left) linger(left);
      },
    });
    channels.set(id, channel);
    return channel;
  }

  /** Lets a closed connection hand over what was written to it before. */
  function linger(left: Socket): void {
    if (lingering.size >= limits.channels) {
      left.destroy();
      return;
    }
    lingering.add(left);
    const timer = setTimeout(() => left.destroy(), limits.lingerMs);
    left.once("close", () => {
      clearTimeout(timer);
      lingering.delete(left);
    });
    left.end();
    left.resume();
  }

  function control(id: number, payload: Buffer): void {
    const command = readCommand(payload);
    const known = channels.get(id);
    if (command === null) {
      known?.kill();
      channels.delete(id);
      sendEvent(id, { ev: "error", code: "EPROTO", message: "The gateway doesn't know this command." });
      sendEvent(id, { ev: "closed" });
    } else if (known) known.command(command);
    else if (command.op !== "connect" && command.op !== "resolve") {
      return; // Sent before the browser heard that the channel is closed.
    } else if (channels.size >= limits.channels) {
      const message = `No more than ${limits.channels} connections can be open at a time.`;
      sendEvent(id, { ev: "error", code: "EMFILE", message });
      sendEvent(id, { ev: "closed" });
    } else open(id).command(command);
  }

  socket.on("message", (message, isBinary) => {
    if (!isBinary || !Buffer.isBuffer(message) || message.length < headerBytes) {
      return socket.close(1003, "Not a frame of this protocol.");
    }
    const kind = message.readUInt8(0);
    const id = message.readUInt32LE(1);
    const payload = message.subarray(headerBytes);
    if (kind === FrameKind.control) control(id, payload);
    else if (kind === FrameKind.data) channels.get(id)?.data(payload);
    else socket.close(1003, "Not a frame of this protocol.");
  });
  // `ws` closes the socket itself after an error (an oversized frame, say); "close" does the rest.
  socket.on("error", () => undefined);
  socket.on("close", () => {
    for (const channel of channels.values()) channel.kill();
    for (const left of lingering) left.destroy();
    channels.clear();
  });
}
