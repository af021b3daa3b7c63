import { beforeEach, describe, expect, test } from "vitest";
import { CREDIT_WINDOW, type SocketCommand } from "../../../gateway/protocol.ts";
import { MAX_DATA_BYTES } from "../../network/frames.ts";
import { Channel } from "./channel.ts";

const opened = {
  ev: "open",
  remoteAddress: "10.0.0.1",
  remotePort: 80,
  localAddress: "10.0.0.2",
  localPort: 5,
} as const;
const tls = { op: "starttls", servername: "a", verify: true, checkHostname: true } as const;

let commands: SocketCommand[];
let sent: number[];
let asking: boolean[];
let channel: Channel;

beforeEach(() => {
  commands = [];
  sent = [];
  asking = [];
  channel = new Channel({
    control: (command) => commands.push(command),
    data: (bytes) => sent.push(bytes.length),
    asking: (now) => asking.push(now),
  });
  channel.handle(opened);
});

const bytes = (...values: number[]) => Uint8Array.from(values);

describe("receiving", () => {
  test("gives bytes in the asked portions, across the pieces they came in", () => {
    channel.receive(bytes(1, 2, 3));
    channel.receive(bytes(4, 5));
    channel.receive(bytes(6));
    expect([...channel.take(2)]).toEqual([1, 2]);
    expect([...channel.peek(3)]).toEqual([3, 4, 5]);
    expect([...channel.take(3)]).toEqual([3, 4, 5]);
    expect([...channel.take(100)]).toEqual([6]);
    expect([...channel.take(100)]).toEqual([]);
    expect(channel.receivedBytes).toBe(0);
  });

  test("acknowledges what was taken, in large portions", () => {
    const piece = new Uint8Array(CREDIT_WINDOW / 8);
    for (let i = 0; i < 4; i++) channel.receive(piece);
    channel.take(piece.length);
    expect(commands).toEqual([]);
    channel.take(piece.length);
    expect(commands).toEqual([{ op: "ack", bytes: 2 * piece.length }]);
  });
});

describe("sending", () => {
  test("stops at the window, in frames of bounded size, and goes on when some is acknowledged", () => {
    const accepted = channel.send(new Uint8Array(CREDIT_WINDOW + 10));
    expect(accepted).toBe(CREDIT_WINDOW);
    expect(Math.max(...sent)).toBe(MAX_DATA_BYTES);
    expect(sent.reduce((sum, length) => sum + length)).toBe(CREDIT_WINDOW);
    expect(channel.send(bytes(1))).toBe(0);
    channel.handle({ ev: "ack", bytes: 100 });
    expect(channel.room).toBe(100);
    expect(channel.writable).toBe(false);
    channel.handle({ ev: "ack", bytes: CREDIT_WINDOW / 2 });
    expect(channel.writable).toBe(true);
  });

  test("what was queued goes out in order as the window allows", () => {
    channel.queue(new Uint8Array(CREDIT_WINDOW + 30));
    channel.queue(new Uint8Array(5));
    expect(channel.queuedBytes).toBe(35);
    expect(channel.send(bytes(1))).toBe(0);
    sent.length = 0;
    channel.handle({ ev: "ack", bytes: 32 });
    expect(sent).toEqual([30, 2]);
    expect(channel.queuedBytes).toBe(3);
  });

  test("more acknowledged than was sent opens the window no further", () => {
    channel.handle({ ev: "ack", bytes: 1000 });
    expect(channel.room).toBe(CREDIT_WINDOW);
  });
});

describe("the end", () => {
  test("a failure is told once, after the bytes that came before it", () => {
    channel.receive(bytes(1));
    channel.handle({ ev: "error", code: "ECONNRESET", message: "reset" });
    channel.handle({ ev: "closed" });
    expect([...channel.take(10)]).toEqual([1]);
    expect(channel.takeFailure()?.code).toBe("ECONNRESET");
    expect(channel.takeFailure()).toBeNull();
    expect(channel.failure?.code).toBe("ECONNRESET");
  });

  test("closed after an end of the stream is no failure, closed without one is", () => {
    channel.handle({ ev: "eof" });
    channel.handle({ ev: "closed" });
    expect(channel.failure).toBeNull();
    const other = new Channel({ control: () => {}, data: () => {}, asking: () => {} });
    other.handle({ ev: "closed" });
    expect(other.failure?.code).toBe("ECONNRESET");
  });

  test("a closed channel sends nothing more", () => {
    channel.close();
    channel.close();
    channel.shutdown();
    channel.receive(new Uint8Array(CREDIT_WINDOW));
    channel.take(CREDIT_WINDOW);
    expect(commands).toEqual([{ op: "close" }]);
  });

  test("everyone who waits hears of a change", async () => {
    const waits = Promise.all([channel.changed(), channel.changed()]);
    channel.gatewayGone();
    await waits;
    expect(channel.failure?.code).toBe("GATEWAY_GONE");
  });
});

describe("TLS", () => {
  test("is agreed on, or has failed; either outcome waits to be heard", () => {
    channel.startTls(tls);
    expect(channel.handshake).toBe("pending");
    channel.handle({ ev: "error", code: "CERT_HAS_EXPIRED", message: "expired" });
    expect(channel.handshake).toBe("settled");
    expect(channel.tls).toBeNull();
  });

  test("bytes from before the handshake are refused, not taken for a part of it", () => {
    channel.receive(bytes(1, 2, 3));
    channel.startTls(tls);
    expect(channel.failure?.code).toMatch(/^ERR_SSL/);
    expect(commands).toEqual([{ op: "close" }]);
  });
});

test("being asked about ends with the answer, the connection, a failure or a close, and is told once each way", () => {
  const question = { ev: "ask", host: "a", port: 1, address: "10.0.0.1", range: "private" } as const;
  for (const end of [
    () => channel.handle({ ev: "answered" }),
    () => channel.handle(opened),
    () => channel.handle({ ev: "error", code: "EACCES", message: "" }),
    () => channel.close(),
  ]) {
    channel.handle(question);
    channel.handle(question);
    end();
  }
  expect(asking).toEqual([true, false, true, false, true, false, true, false]);
});
