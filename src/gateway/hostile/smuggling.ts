import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FETCH_PATH } from "../protocol.ts";
import { startTestGateway, type TestGateway } from "../testing/page.ts";

/**
 * Requests about whose end two readers might disagree. A second request with the token stands in the first one's body: it must
 * not be answered.
 */
export function smugglingAttempts(): void {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  /** Sends the bytes as they are and gives all that is answered until the server has closed. */
  async function send(bytes: string): Promise<string> {
    const socket = net.connect({ host: "127.0.0.1", port: gateway.port });
    const parts: Buffer[] = [];
    socket.on("data", (part) => parts.push(part));
    socket.on("error", () => undefined);
    socket.end(bytes, "latin1");
    await once(socket, "close");
    return Buffer.concat(parts).toString("latin1");
  }

  const attempts: readonly [string, string][] = [
    ["both lengths", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["both lengths the other way round", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"],
    ["two lengths", "Content-Length: 0\r\nContent-Length: 30\r\n\r\n"],
    ["two equal lengths", "Content-Length: 0\r\nContent-Length: 0\r\n\r\n"],
    ["a list of lengths", "Content-Length: 0, 30\r\n\r\n"],
    ["a signed length", "Content-Length: +0\r\n\r\n"],
    ["a negative length", "Content-Length: -1\r\n\r\n"],
    ["a hexadecimal length", "Content-Length: 0x0\r\n\r\n"],
    ["an endless length", "Content-Length: 99999999999999999999999\r\n\r\n"],
    ["a length with a space in it", "Content-Length: 0 0\r\n\r\n"],
    ["an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"],
    ["chunked and then another coding", "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"],
    ["chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n"],
    ["a space before the colon", "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"],
    [
      "a folded header",
      "X: y\r\n Transfer-Encoding: chunked\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    ],
    ["a bare line feed", "Transfer-Encoding: chunked\n\n0\n\n"],
    ["a bare carriage return", "X: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["a NUL in a header", "X: y\0\r\n\r\n"],
    ["a chunk size that overflows", "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n\r\n"],
    ["a negative chunk size", "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n"],
    ["a chunk size with 0x", "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n"],
    ["a chunk that is longer than it says", "Transfer-Encoding: chunked\r\n\r\n1\r\nABC\r\n0\r\n\r\n"],
    [
      "an endless chunk extension",
      `Transfer-Encoding: chunked\r\n\r\n1;${"x".repeat(64_000)}\r\nA\r\n0\r\n\r\n`,
    ],
    ["a header without a name", ": chunked\r\n\r\n"],
    ["a header without a colon", "Transfer-Encoding chunked\r\n\r\n"],
    ["a name that is none", "Content Length: 0\r\n\r\n"],
  ];
  test.each(attempts)("%s", async (_name, rest) => {
    const host = `Host: 127.0.0.1:${gateway.port}\r\n`;
    const second = `GET / HTTP/1.1\r\n${host}X-Second: yes\r\n\r\n`;
    const text = await send(`POST ${FETCH_PATH} HTTP/1.1\r\n${host}${rest}${second}`);
    expect(text).not.toContain(gateway.token);
    expect(text.match(/HTTP\/1\.1 2\d\d/g)).toBeNull();
  });

  const lines: readonly [string, string][] = [
    ["HTTP/2 without having agreed on it", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["HTTP/0.9", "GET /\r\n"],
    ["an unknown version", "GET / HTTP/9.9\r\nHost: HOST\r\n\r\n"],
    ["no method", " / HTTP/1.1\r\nHost: HOST\r\n\r\n"],
    ["a method that is none", "G\x01T / HTTP/1.1\r\nHost: HOST\r\n\r\n"],
    ["a line break in the path", "GET /\r\nX: / HTTP/1.1\r\nHost: HOST\r\n\r\n"],
    ["a space in the path", "GET / x HTTP/1.1\r\nHost: HOST\r\n\r\n"],
    ["two hosts", "GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.test\r\n\r\n"],
    ["two hosts the other way round", "GET / HTTP/1.1\r\nHost: evil.test\r\nHost: HOST\r\n\r\n"],
    ["a list of hosts", "GET / HTTP/1.1\r\nHost: HOST, evil.test\r\n\r\n"],
    ["TLS where none is spoken", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["nothing but line breaks", "\r\n".repeat(10_000)],
  ];
  test.each(lines)("%s", async (_name, bytes) => {
    const text = await send(bytes.replaceAll("HOST", `127.0.0.1:${gateway.port}`));
    expect(text).not.toContain(gateway.token);
    expect(text.match(/HTTP\/1\.1 2\d\d/g)).toBeNull();
  });
}
