import { once } from "node:events";
import os from "node:os";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  CREDIT_WINDOW,
  FrameKind,
  MAX_FRAME_BYTES,
  type PolicyCommand,
  type SocketCommand,
} from "../protocol.ts";
import type { PageSockets, TestGateway } from "../testing/page.ts";
import { startTestGateway } from "../testing/page.ts";
import { closeServers, type LocalServer, tcpServer, until } from "../testing/servers.ts";

/** Attempts through frames of the WebSocket. */
export function framesAttempts(): void {
  let gateway: TestGateway;
  let page: PageSockets;
  let echo: LocalServer;

  beforeAll(async () => {
    gateway = await startTestGateway({
      limits: { socketBacklog: 1024 * 1024 },
      resolve: async (host) =>
        ({ "own.test": `127.0.0.1:${gateway.port}`, "big.test": "127.0.0.1" })[host] ?? null,
    });
  });
  afterAll(() => gateway.close());
  beforeEach(async () => {
    page = await gateway.sockets();
    echo = await tcpServer((socket) => socket.pipe(socket));
  });
  afterEach(async () => {
    page.close();
    await closeServers();
  });

  describe("a frame that is none of the protocol closes the WebSocket and all of its connections:", () => {
    const frames: readonly [string, (socket: PageSockets["socket"]) => void, number][] = [
      ["too large", (socket) => socket.send(Buffer.alloc(MAX_FRAME_BYTES + 6)), 1009],
      ["much too large", (socket) => socket.send(Buffer.alloc(64 * 1024 * 1024)), 1009],
      ["text", (socket) => socket.send('{"op":"connect"}'), 1003],
      ["empty", (socket) => socket.send(Buffer.alloc(0)), 1003],
      ["without a whole head", (socket) => socket.send(Buffer.from([0, 1, 0, 0])), 1003],
      ["of an unknown kind", (socket) => socket.send(Buffer.from([2, 1, 0, 0, 0])), 1003],
      ["of kind 255", (socket) => socket.send(Buffer.alloc(10, 255)), 1003],
    ];
    test.each(frames)("%s", async (_name, send, code) => {
      await page.open("127.0.0.1", echo.port);
      send(page.socket);
      const [closedWith] = await once(page.socket, "close");
      expect(closedWith).toBe(code);
      await until(() => echo.connections.size === 0);
    });

    test("the largest one that is allowed does not", async () => {
      const channel = await page.open("127.0.0.1", echo.port);
      channel.write(Buffer.alloc(MAX_FRAME_BYTES, "x"));
      expect((await channel.bytes(MAX_FRAME_BYTES)).length).toBe(MAX_FRAME_BYTES);
    });
  });

  describe("a command that is none ends its channel, and no other:", () => {
    test.each([
      "",
      "{",
      "null",
      "[]",
      '"connect"',
      "{}",
      '{"op":"listen","port":1}',
      '{"op":"connect"}',
      '{"op":"connect","host":"127.0.0.1"}',
      '{"op":"connect","host":"127.0.0.1","port":0}',
      '{"op":"connect","host":"127.0.0.1","port":65536}',
      '{"op":"connect","host":"127.0.0.1","port":1.5}',
      '{"op":"connect","host":"127.0.0.1","port":-1}',
      '{"op":"connect","host":"127.0.0.1","port":"80"}',
      '{"op":"connect","host":["127.0.0.1"],"port":80}',
      '{"op":"connect","host":"","port":80}',
      `{"op":"connect","host":"${"a".repeat(300)}","port":80}`,
      '{"op":"connect","host":"127.0.0.1","port":80,"timeoutMs":-1}',
      '{"op":"connect","host":"127.0.0.1","port":80,"timeoutMs":1e99}',
      '{"op":"ack","bytes":-1}',
      '{"op":"starttls","servername":"x","verify":"no","checkHostname":false}',
      '{"__proto__":{"op":"connect"},"host":"127.0.0.1","port":80}',
    ])("%s", async (text) => {
      const other = await page.open("127.0.0.1", echo.port);
      const forged = page.channel();
      forged.raw(text);
      expect(await forged.expect("error")).toMatchObject({ code: "EPROTO" });
      await forged.expect("closed");
      other.write("alive");
      expect(String(await other.bytes(5))).toBe("alive");
    });
  });

  describe("a command out of turn ends its channel:", () => {
    const connect = (port: number): SocketCommand => ({ op: "connect", host: "127.0.0.1", port });
    const tls: SocketCommand = { op: "starttls", servername: "x", verify: true, checkHostname: true };
    const allow: PolicyCommand = { op: "allow" };

    test.each<[string, (port: number) => readonly (SocketCommand | PolicyCommand)[]]>([
      ["allow before it was asked", (port) => [connect(port), allow]],
      ["deny before it was asked", (port) => [connect(port), { op: "deny", message: "" }]],
      ["connect twice", (port) => [connect(port), connect(port)]],
      ["resolve after connect", (port) => [connect(port), { op: "resolve", host: "localhost" }]],
      ["connect after resolve", (port) => [{ op: "resolve", host: "localhost" }, connect(port)]],
      ["starttls before it is open", (port) => [connect(port), tls]],
      ["shutdown before it is open", (port) => [connect(port), { op: "shutdown" }]],
    ])("%s", async (_name, commands) => {
      const channel = page.channel();
      for (const command of commands(echo.port)) channel.send(command);
      expect(await channel.expect("error")).toMatchObject({ code: "EPROTO" });
      await channel.expect("closed");
      expect(echo.connections.size).toBe(0);
    });

    test.each<[string, SocketCommand | PolicyCommand]>([
      ["allow", allow],
      ["deny", { op: "deny", message: "" }],
      ["connect", connect(80)],
      ["resolve", { op: "resolve", host: "localhost" }],
    ])("%s once it is open", async (_name, command) => {
      const channel = await page.open("127.0.0.1", echo.port);
      channel.send(command);
      expect(await channel.expect("error")).toMatchObject({ code: "EPROTO" });
      await channel.expect("closed");
      await until(() => echo.connections.size === 0);
    });

    test("data before it is open", async () => {
      const channel = page.connect("127.0.0.1", echo.port);
      await channel.expect("ask");
      channel.write("data");
      expect(await channel.expect("error")).toMatchObject({ code: "EPROTO" });
      await channel.expect("closed");
      expect(echo.connections.size).toBe(0);
    });

    test("anything on a channel that never was, or is over, is passed over", async () => {
      for (const command of [
        allow,
        tls,
        { op: "ack", bytes: 1e15 },
        { op: "close" },
        { op: "shutdown" },
      ] as const) {
        page.channel().send(command);
      }
      page.frame(FrameKind.data, 4_000_000_000, "data");
      const channel = await page.open("127.0.0.1", echo.port);
      channel.write("alive");
      expect(String(await channel.bytes(5))).toBe("alive");
    });
  });

  describe("however it is written, it can't be reached unasked:", () => {
    test.each([
      "localhost",
      "LOCALHOST",
      "localhost.",
      "127.1",
      "127.0.1",
      "2130706433",
      "0x7f000001",
      "0x7f.0.0.0x1",
      "0177.0.0.01",
      "017700000001",
      "[::1]",
      "::1",
      "0:0:0:0:0:0:0:1",
      "::ffff:127.0.0.1",
      "[::ffff:7f00:1]",
      "64:ff9b::7f00:1",
      "2002:7f00:1::1",
    ])("loopback as %s", async (host) => {
      const channel = page.connect(host, echo.port);
      expect(await channel.expect("ask")).toMatchObject({ range: "loopback" });
      expect(echo.connections.size).toBe(0);
    });

    test.each([
      "169.254.169.254",
      "0xa9fea9fe",
      "2852039166",
      "0251.0376.0251.0376",
      "169.254.43518",
      "::ffff:169.254.169.254",
      "[::ffff:a9fe:a9fe]",
      "64:ff9b::a9fe:a9fe",
      "2002:a9fe:a9fe::1",
      "100.100.100.200",
      "fd00:ec2::254",
      "fe80::1",
      "0.0.0.0",
      "0",
      "::",
      "255.255.255.255",
      "224.0.0.251",
      "ff02::1",
      "240.0.0.1",
      "64:ff9b:1::7f00:1",
    ])("never: %s", async (host) => {
      const channel = page.connect(host, 80);
      expect(await channel.expect("error")).toMatchObject({ code: "EACCES" });
      await channel.expect("closed");
    });

    const machine = Object.values(os.networkInterfaces()).flatMap((list) =>
      (list ?? []).map(({ address }) => address),
    );
    const own = [
      "localhost",
      "127.0.0.1",
      "127.1",
      "127.5.6.7",
      "2130706433",
      "0x7f.1",
      "0.0.0.0",
      "::",
      "::1",
    ];
    const mapped = ["::ffff:127.0.0.1", "64:ff9b::7f00:1", "::ffff:0.0.0.0", "own.test"];
    test.each([...own, ...mapped, ...machine])("the gateway itself at %s", async (host) => {
      const channel = page.connect(host, gateway.port);
      expect(await channel.expect("error")).toMatchObject({ code: "EACCES" });
      await channel.expect("closed");
    });
  });

  test("a page that acknowledges without reading doesn't make the gateway hold it all", async () => {
    const total = 128 * 1024 * 1024;
    const big = await tcpServer((socket) => void socket.write(Buffer.alloc(total)));
    const channel = page.connect("big.test", big.port);
    await channel.expect("open");
    page.socket.pause();
    const other = await gateway.sockets();
    const clock = await other.open("127.0.0.1", echo.port);
    for (let round = 0; round < 300; round += 1) {
      channel.send({ op: "ack", bytes: CREDIT_WINDOW });
      clock.write("tick");
      await clock.bytes(4);
    }
    const [socket] = big.connections;
    // The server's one write counts as pending until all of it has been taken.
    expect(socket?.writableLength).toBeGreaterThan(0);
    page.socket.resume();
    await until(() => channel.bytesReceived === total);
    other.close();
  });

  test("more WebSockets than the limit are closed again", async () => {
    const small = await startTestGateway({ limits: { sockets: 2 } });
    const sockets = await Promise.all([small.sockets(), small.sockets()]);
    const third = await small.sockets();
    const [code] = await once(third.socket, "close");
    expect(code).toBe(1013);
    for (const { socket } of sockets) expect(socket.readyState).toBe(socket.OPEN);
    await small.close();
  });
}
