import { truncate, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FETCH_PATH, TOKEN_HEADER } from "../protocol.ts";
import { memory } from "../testing/memory.ts";
import { startTestGateway, type TestGateway, temporaryApp } from "../testing/page.ts";

const megabyte = 1024 * 1024;

/** Connections that are opened in order to be held. */
export function connectionAttempts(): void {
  let gateway: TestGateway;
  let host: string;

  beforeAll(async () => {
    const app = await temporaryApp();
    await writeFile(path.join(app.appDir, "large.bin"), "");
    await truncate(path.join(app.appDir, "large.bin"), 64 * megabyte);
    gateway = await startTestGateway({
      ...app,
      limits: { headMs: 200, requestMs: 400, httpIdleMs: 600, connections: 40 },
    });
    host = `Host: 127.0.0.1:${gateway.port}\r\n`;
  });
  afterAll(() => gateway.close());

  function connect(): net.Socket {
    const socket = net.connect({ host: "127.0.0.1", port: gateway.port });
    socket.on("error", () => undefined);
    return socket;
  }

  const closed = (socket: net.Socket) =>
    new Promise<void>((resolve) => socket.once("close", () => resolve()));

  /** What the server says to a connection until it closes it; `drip` is sent again and again meanwhile. */
  async function heldUntilClosed(start: string, drip: string): Promise<string> {
    const socket = connect();
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    socket.write(start);
    const dripping = setInterval(() => socket.write(drip), 20);
    await closed(socket);
    clearInterval(dripping);
    return Buffer.concat(parts).toString("latin1");
  }

  const authorized = () =>
    `POST ${FETCH_PATH} HTTP/1.1\r\n${host}Origin: ${gateway.origin}\r\n${TOKEN_HEADER}: ${gateway.token}\r\n`;
  const slow: readonly [string, () => string, string][] = [
    ["a head that never ends (slowloris)", () => `GET / HTTP/1.1\r\n${host}`, "X: y\r\n"],
    ["a header line, letter by letter", () => `GET / HTTP/1.1\r\n${host}X: `, "y"],
    ["a request line, letter by letter", () => "GET /", "x"],
    ["empty lines only", () => "", "\r\n"],
    ["a body, byte by byte", () => `${authorized()}Content-Length: 100000\r\n\r\n`, "x"],
    ["a chunked body, byte by byte", () => `${authorized()}Transfer-Encoding: chunked\r\n\r\n`, "1\r\nx\r\n"],
    [
      "a body without the token",
      () => `POST ${FETCH_PATH} HTTP/1.1\r\n${host}Content-Length: 99999\r\n\r\n`,
      "x",
    ],
    [
      "a promised body that never comes",
      () => `${authorized()}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n`,
      "",
    ],
  ];
  test.each(slow)("%s is cut off, while the page is served", async (_name, start, drip) => {
    const held = heldUntilClosed(start(), drip);
    expect((await fetch(gateway.url)).status).toBe(200);
    const text = await held;
    expect(text.match(/HTTP\/1\.1 2\d\d/g)).toBeNull();
  });

  const bombs: readonly [string, () => string][] = [
    ["one header of a megabyte", () => `GET / HTTP/1.1\r\n${host}X: ${"y".repeat(megabyte)}\r\n\r\n`],
    ["a hundred thousand headers", () => `GET / HTTP/1.1\r\n${host}${"X: y\r\n".repeat(100_000)}\r\n`],
    ["a header name of a megabyte", () => `GET / HTTP/1.1\r\n${host}${"X".repeat(megabyte)}: y\r\n\r\n`],
    ["an address of a megabyte", () => `GET /${"x".repeat(megabyte)} HTTP/1.1\r\n${host}\r\n`],
    ["a megabyte of cookies", () => `GET / HTTP/1.1\r\n${host}Cookie: ${"a=b; ".repeat(200_000)}\r\n\r\n`],
  ];
  test.each(bombs)("%s is refused", async (_name, bytes) => {
    const socket = connect();
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    socket.write(bytes());
    await closed(socket);
    expect(Buffer.concat(parts).toString("latin1")).not.toMatch(/HTTP\/1\.1 2\d\d/);
  });

  test("a connection that says nothing is closed", async () => {
    await closed(connect().resume());
  });

  test("more connections than the limit are closed at once, and none is needed for long", async () => {
    const many = Array.from({ length: 60 }, connect);
    await Promise.all(many.map((socket) => closed(socket.resume())));
    expect((await fetch(gateway.url)).status).toBe(200);
  });

  test("whoever asks for large files and doesn't read gets little of them, and is cut off", async () => {
    const before = memory();
    const readers = Array.from({ length: 20 }, () => {
      const socket = connect();
      socket.write(`GET /large.bin HTTP/1.1\r\n${host}\r\n`);
      socket.pause();
      return socket;
    });
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, memory() - before);
    }, 20);
    // Paused, a socket doesn't notice that it was closed. It is asked to send, which fails then; not before, as that would count
    // as a sign of life.
    const poking = setInterval(() => {
      for (const socket of readers) socket.write("\r\n");
    }, 2000);
    await Promise.all(readers.map(closed));
    clearInterval(watching);
    clearInterval(poking);
    // A quarter of what was asked for; most of it is garbage that nobody has collected yet.
    expect(most).toBeLessThan(320 * megabyte);
  });
}
