// @vitest-environment node
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import net from "node:net";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CREDIT_WINDOW, MAX_FRAME_BYTES } from "./protocol.ts";
import type { PageSockets, TestGateway } from "./testing/page.ts";
import { startTestGateway } from "./testing/page.ts";
import { closedPort, closeServers, tcpServer, until } from "./testing/servers.ts";

const megabytes = 20;
let gateway: TestGateway;
let page: PageSockets;

beforeAll(async () => {
  gateway = await startTestGateway({
    limits: { channels: 8, lingerMs: 200 },
    resolve: async (host) => ({ "public.test": "127.0.0.1", "stuck.test": "192.0.2.200" })[host] ?? null,
  });
});
afterAll(() => gateway.close());
afterEach(async () => {
  page.close();
  await closeServers();
});

async function open(host: string, port: number) {
  page = await gateway.sockets();
  return page.open(host, port);
}

function echo(socket: net.Socket): void {
  socket.pipe(socket);
}

describe("a connection to loopback", () => {
  test("waits for the person, opens when allowed, echoes and closes", async () => {
    const { port, connections } = await tcpServer(echo);
    page = await gateway.sockets();
    const channel = page.connect("localhost", port);
    expect(await channel.expect("ask")).toEqual({
      ev: "ask",
      host: "localhost",
      port,
      address: "127.0.0.1",
      range: "loopback",
    });
    expect(connections.size).toBe(0);
    channel.send({ op: "allow" });
    expect(await channel.expect("open")).toMatchObject({ remoteAddress: "127.0.0.1", remotePort: port });
    channel.write("hello");
    expect(String(await channel.bytes(5))).toBe("hello");
    channel.send({ op: "close" });
    await channel.expect("closed");
    await until(() => connections.size === 0);
  });

  test("is EACCES with the page's words when denied, and nothing was connected", async () => {
    const { port, server } = await tcpServer(echo);
    let connected = false;
    server.on("connection", () => {
      connected = true;
    });
    page = await gateway.sockets();
    const channel = page.connect("127.0.0.1", port);
    await channel.expect("ask");
    channel.send({ op: "deny", message: "You said no." });
    expect(await channel.expect("error")).toEqual({ ev: "error", code: "EACCES", message: "You said no." });
    await channel.expect("closed");
    expect(connected).toBe(false);
  });

  test("needs no word where the test's resolver has named it", async () => {
    const { port } = await tcpServer(echo);
    page = await gateway.sockets();
    await page.connect("public.test", port).expect("open");
  });

  test("over IPv6 works", async () => {
    const six = net.createServer(echo).listen(0, "::1");
    await once(six, "listening");
    const channel = await open("::1", (six.address() as net.AddressInfo).port);
    channel.write("six");
    expect(String(await channel.bytes(3))).toBe("six");
    six.close();
  });
});

describe("bytes", () => {
  const sent = randomBytes(megabytes * 1024 * 1024);
  const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

  test(`${megabytes} MB down arrive whole, never more than the window unacknowledged`, async () => {
    const { port } = await tcpServer((socket) => socket.end(sent));
    const channel = await open("127.0.0.1", port);
    expect(digest(await channel.bytes(sent.length))).toBe(digest(sent));
    await channel.expect("eof");
  });

  test("stop coming when the page doesn't acknowledge, and go on when it does", async () => {
    const { port, connections } = await tcpServer((socket) => void socket.write(sent));
    const channel = await open("127.0.0.1", port);
    channel.acknowledges = false;
    await until(() => channel.bytesReceived >= CREDIT_WINDOW);
    // Whatever was on its way has arrived once another channel's answer has.
    const other = await page.open("127.0.0.1", (await tcpServer(echo)).port);
    other.write("ping");
    await other.bytes(4);
    expect(channel.bytesReceived).toBeLessThan(CREDIT_WINDOW + 128 * 1024);
    const [server] = connections;
    expect(server?.writableLength).toBeGreaterThan(0);
    channel.acknowledges = true;
    channel.send({ op: "ack", bytes: channel.bytesReceived });
    await until(() => channel.bytesReceived === sent.length);
  });

  test(`${megabytes} MB up arrive whole, each window acknowledged before the next`, async () => {
    const received: Buffer[] = [];
    const { port } = await tcpServer((socket) => socket.on("data", (bytes) => received.push(bytes)));
    const channel = await open("127.0.0.1", port);
    for (let at = 0; at < sent.length; at += MAX_FRAME_BYTES) {
      await channel.acknowledged(at + MAX_FRAME_BYTES - CREDIT_WINDOW);
      channel.write(sent.subarray(at, at + MAX_FRAME_BYTES));
    }
    await until(() => received.reduce((sum, bytes) => sum + bytes.length, 0) === sent.length);
    expect(digest(Buffer.concat(received))).toBe(digest(sent));
  });

  test("more than the window at once end the connection", async () => {
    const { port } = await tcpServer((socket) => void socket.pause());
    const channel = await open("127.0.0.1", port);
    for (let frame = 0; frame < 24; frame += 1) channel.write(sent.subarray(0, MAX_FRAME_BYTES));
    expect(await channel.expect("error")).toMatchObject({ code: "ENOBUFS" });
    await channel.expect("closed");
  });
});

describe("the end of a connection", () => {
  test("by the server leaves the page able to send", async () => {
    const received: Buffer[] = [];
    const { port } = await tcpServer((socket) => {
      socket.end("bye");
      socket.on("data", (bytes) => received.push(bytes));
    });
    const channel = await open("127.0.0.1", port);
    expect(String(await channel.bytes(3))).toBe("bye");
    await channel.expect("eof");
    channel.write("still here");
    await until(() => Buffer.concat(received).toString() === "still here");
    channel.send({ op: "shutdown" });
    await channel.expect("closed");
  });

  test("by the page's shutdown leaves it able to receive", async () => {
    const { port } = await tcpServer((socket) => {
      const received: Buffer[] = [];
      socket.on("data", (bytes) => received.push(bytes));
      socket.on("end", () => socket.end(`got ${Buffer.concat(received)}`));
    });
    const channel = await open("127.0.0.1", port);
    channel.write("all");
    channel.send({ op: "shutdown" });
    expect(String(await channel.bytes(7))).toBe("got all");
    await channel.expect("eof");
    await channel.expect("closed");
  });

  test("writing after a shutdown is EPIPE", async () => {
    const { port } = await tcpServer(() => undefined);
    const channel = await open("127.0.0.1", port);
    channel.send({ op: "shutdown" });
    channel.write("more");
    expect(await channel.expect("error")).toMatchObject({ code: "EPIPE" });
  });

  test("by a reset is ECONNRESET", async () => {
    const { port } = await tcpServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
    const channel = await open("127.0.0.1", port);
    channel.write("x");
    expect(await channel.expect("error")).toMatchObject({ code: "ECONNRESET" });
    await channel.expect("closed");
  });

  test("by close still hands over what was written", async () => {
    const received: Buffer[] = [];
    const { port, connections } = await tcpServer((socket) => {
      socket.on("data", (bytes) => received.push(bytes));
      socket.on("end", () => socket.end());
    });
    const channel = await open("127.0.0.1", port);
    channel.write(Buffer.alloc(MAX_FRAME_BYTES, "x"));
    channel.send({ op: "close" });
    await channel.expect("closed");
    await until(() => connections.size === 0);
    expect(Buffer.concat(received).length).toBe(MAX_FRAME_BYTES);
  });

  test("by close doesn't wait forever for a server that doesn't read", async () => {
    // It notices the end by being unable to send: nothing else tells it, as it doesn't read.
    const { port, connections } = await tcpServer((socket) => {
      socket.pause();
      const writing = setInterval(() => socket.write("x"), 10);
      socket.once("close", () => clearInterval(writing));
    });
    const channel = await open("127.0.0.1", port);
    for (let frame = 0; frame < 4; frame += 1) channel.write(Buffer.alloc(MAX_FRAME_BYTES));
    channel.send({ op: "close" });
    await channel.expect("closed");
    await until(() => connections.size === 0);
  });

  test("of the WebSocket ends every connection of it", async () => {
    const { port, connections } = await tcpServer(echo);
    await open("127.0.0.1", port);
    for (let count = 1; count < 8; count += 1) await page.open("127.0.0.1", port);
    expect(connections.size).toBe(8);
    page.close();
    await until(() => connections.size === 0);
  });
});

describe("what can't be connected to", () => {
  test("a closed port is ECONNREFUSED", async () => {
    page = await gateway.sockets();
    const channel = page.connect("127.0.0.1", await closedPort());
    await channel.expect("ask");
    channel.send({ op: "allow" });
    expect(await channel.expect("error")).toMatchObject({ code: "ECONNREFUSED" });
    await channel.expect("closed");
  });

  test("an unknown host is ENOTFOUND or, without any name server, EAI_AGAIN", async () => {
    page = await gateway.sockets();
    const channel = page.connect("nothing.invalid", 80);
    expect((await channel.expect("error")).code).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    await channel.expect("closed");
  });

  test("a host that doesn't answer is ETIMEDOUT after the asked time", async () => {
    page = await gateway.sockets();
    const channel = page.connect("stuck.test", 9, 20);
    const event = await channel.expect("error");
    // A network that knows at once that the address is not there says so.
    expect(event.code).toMatch(/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/);
    await channel.expect("closed");
  });

  test("one connection more than the limit is EMFILE, and works once another has ended", async () => {
    const { port } = await tcpServer(echo);
    const first = await open("127.0.0.1", port);
    for (let count = 1; count < 8; count += 1) await page.open("127.0.0.1", port);
    const refused = page.connect("127.0.0.1", port);
    expect(await refused.expect("error")).toMatchObject({ code: "EMFILE" });
    await refused.expect("closed");
    first.send({ op: "close" });
    await first.expect("closed");
    await page.open("127.0.0.1", port);
  });
});

test("a name is looked up for Python's getaddrinfo", async () => {
  page = await gateway.sockets();
  const channel = page.channel();
  channel.send({ op: "resolve", host: "localhost" });
  expect(await channel.expect("resolved")).toEqual({ ev: "resolved", address: "127.0.0.1" });
  await channel.expect("closed");
});

test("a question that nobody answers ends in EACCES, an idle connection in ETIMEDOUT", async () => {
  const { port } = await tcpServer(() => undefined);
  const impatient = await startTestGateway({
    limits: { askMs: 10, idleMs: 10 },
    resolve: async () => "127.0.0.1",
  });
  page = await impatient.sockets();
  const asked = page.connect("127.0.0.1", port);
  await asked.expect("ask");
  expect(await asked.expect("error")).toMatchObject({ code: "EACCES" });
  const idle = page.connect("idle.test", port);
  await idle.expect("open");
  expect(await idle.expect("error")).toMatchObject({ code: "ETIMEDOUT" });
  await impatient.close();
});
