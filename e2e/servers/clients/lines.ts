import type { Socket } from "node:net";

/** A connection of a protocol that is made of lines and, now and then, counted bytes. */
export interface LineConversation {
  /** The next line without its end; null when the client has gone. */
  line(): Promise<string | null>;
  /** Exactly so many bytes; null when the client goes before they are there. */
  bytes(count: number): Promise<Buffer | null>;
  say(text: string): void;
  /** Stops reading and hands over the socket, for TLS. Throws when the client has said something already that was not asked for. */
  release(): Socket;
}

export function converse(socket: Socket): LineConversation {
  let received: Buffer = Buffer.alloc(0);
  let ended = false;
  let wake: () => void = () => undefined;
  const onData = (data: Buffer) => {
    received = Buffer.concat([received, data]);
    wake();
  };
  const onEnd = () => {
    ended = true;
    wake();
  };
  socket.on("data", onData);
  for (const event of ["end", "close", "error"]) socket.on(event, onEnd);

  async function until<Found>(find: () => Found | null): Promise<Found | null> {
    for (;;) {
      const found = find();
      if (found !== null || ended) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  function take(count: number): Buffer {
    const taken = received.subarray(0, count);
    received = received.subarray(count);
    return taken;
  }
  return {
    line: () =>
      until(() => {
        const end = received.indexOf("\r\n");
        return end < 0 ? null : take(end + 2).toString("utf8", 0, end);
      }),
    bytes: (count) => until(() => (received.length < count ? null : take(count))),
    say: (text) => void socket.write(`${text}\r\n`),
    release() {
      if (received.length > 0) throw new Error("The client spoke before TLS was agreed on.");
      socket.off("data", onData);
      return socket;
    },
  };
}
