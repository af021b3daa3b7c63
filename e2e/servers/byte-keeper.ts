import net from "node:net";
import { type Listening, listen } from "./listen.ts";

/** A server that keeps every byte that arrives, before anything is made of it. */
export interface ByteKeeper extends Listening {
  readonly url: string;
  /** What has arrived on all connections so far, one character a byte. */
  received(): string;
  /** How many HTTP requests were complete, and answered with `ok`. */
  answered(): number;
}

export async function startByteKeeper(): Promise<ByteKeeper> {
  const pieces: Buffer[] = [];
  let answered = 0;
  const server = net.createServer((socket) => {
    let unanswered = "";
    socket.on("data", (piece) => {
      pieces.push(piece);
      unanswered += piece.toString("latin1");
      for (;;) {
        const request = /^[A-Z]+ \S+ HTTP\/1\.1\r\n[\s\S]*?\r\n\r\n/.exec(unanswered)?.[0];
        if (request === undefined) return;
        const length = request.length + Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
        if (unanswered.length < length) return;
        unanswered = unanswered.slice(length);
        answered += 1;
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      }
    });
  });
  const listening = await listen(server);
  return {
    ...listening,
    url: `http://127.0.0.1:${listening.port}`,
    received: () => Buffer.concat(pieces).toString("latin1"),
    answered: () => answered,
  };
}
