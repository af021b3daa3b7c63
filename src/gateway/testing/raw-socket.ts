import { randomBytes } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import { SOCKETS_PATH, SUBPROTOCOL } from "../protocol.ts";
import type { TestGateway } from "./page.ts";

/** A WebSocket whose every bit is ours to choose. */
export interface RawSocket {
  /** The answer to the handshake. */
  readonly head: string;
  readonly socket: net.Socket;
  /** Sends bytes as they are. */
  send(bytes: Buffer): void;
  /** Resolves once the server has closed, with the code of its close frame; null where it sent none. */
  closed(): Promise<number | null>;
}

export async function openRawSocket(
  gateway: TestGateway,
  headers: readonly (readonly [string, string])[] = [],
): Promise<RawSocket> {
  const socket = net.connect({ host: "127.0.0.1", port: gateway.port });
  socket.on("error", () => undefined);
  const usual = [
    ["Host", `127.0.0.1:${gateway.port}`],
    ["Origin", gateway.origin],
    ["Upgrade", "websocket"],
    ["Connection", "Upgrade"],
    ["Sec-WebSocket-Version", "13"],
    ["Sec-WebSocket-Key", randomBytes(16).toString("base64")],
    ["Sec-WebSocket-Protocol", `${SUBPROTOCOL}, token.${gateway.token}`],
  ] as const;
  const lines = [...usual, ...headers].map((line) => `${line.join(": ")}\r\n`);
  socket.write(`GET ${SOCKETS_PATH} HTTP/1.1\r\n${lines.join("")}\r\n`);
  let received = Buffer.alloc(0);
  const whole = new Promise<number | null>((resolve) => {
    socket.on("data", (part) => {
      received = Buffer.concat([received, part]);
    });
    socket.once("close", () => {
      const body = received.subarray(received.indexOf("\r\n\r\n") + 4);
      resolve(body[0] === 0x88 ? body.readUInt16BE(2) : null);
    });
  });
  while (!received.includes("\r\n\r\n")) await once(socket, "data");
  return {
    head: received.subarray(0, received.indexOf("\r\n\r\n")).toString("latin1"),
    socket,
    send: (bytes) => void socket.write(bytes),
    closed: () => whole,
  };
}

/** A frame as a client sends it. `length`: what it claims to be. */
export function rawFrame(
  first: number,
  payload: Buffer,
  {
    masked = true,
    length = payload.length,
  }: { readonly masked?: boolean; readonly length?: number | bigint } = {},
): Buffer {
  const long = Buffer.alloc(8);
  long.writeBigUInt64BE(BigInt(length));
  const size =
    Number(length) < 126 ? Buffer.from([Number(length)]) : Buffer.concat([Buffer.from([127]), long]);
  size[0] = (size[0] ?? 0) | (masked ? 0x80 : 0);
  const mask = masked ? Buffer.alloc(4) : Buffer.alloc(0);
  return Buffer.concat([Buffer.from([first]), size, mask, payload]);
}
