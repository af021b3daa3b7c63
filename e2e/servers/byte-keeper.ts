import http from "node:http";
import { type Listening, listen } from "./listen.ts";

/** A server that keeps every byte that arrives, before anything is made of it. */
export interface ByteKeeper extends Listening {
  readonly url: string;
  /** What has arrived on all connections so far, one character a byte. */
  received(): string;
}

/** Answers every request with `ok`. */
export async function startByteKeeper(): Promise<ByteKeeper> {
  const pieces: Buffer[] = [];
  const server = http.createServer((request, response) => {
    request.resume();
    request.on("end", () => response.end("ok"));
  });
  server.on("connection", (socket) => socket.on("data", (piece: Buffer) => pieces.push(piece)));
  const listening = await listen(server);
  return {
    ...listening,
    url: `http://127.0.0.1:${listening.port}`,
    received: () => Buffer.concat(pieces).toString("latin1"),
  };
}
