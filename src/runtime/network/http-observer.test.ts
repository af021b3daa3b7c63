import { describe, expect, test } from "vitest";
import { createHttpObserver } from "./http-observer.ts";

const encoder = new TextEncoder();

function observe(mask: (text: string) => string = (text) => text) {
  let changes = 0;
  const observer = createHttpObserver({
    mask,
    onChange: () => {
      changes += 1;
    },
  });
  return {
    sent: (text: string) => observer.sent(encoder.encode(text)),
    received: (text: string) => observer.received(encoder.encode(text)),
    closed: () => observer.closed(),
    seen: () => observer.exchanges().map(({ method, path, status }) => `${method} ${path} ${status}`),
    finished: () => observer.exchanges().map(({ durationMs }) => durationMs !== null),
    changes: () => changes,
  };
}

describe("HTTP seen in a connection", () => {
  test("a request and its answer", () => {
    const http = observe();
    http.sent("GET /a?b=1 HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(http.seen()).toEqual(["GET /a?b=1 null"]);
    http.received("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
    expect(http.seen()).toEqual(["GET /a?b=1 200"]);
    expect(http.finished()).toEqual([false]);
    http.received("lo");
    expect(http.finished()).toEqual([true]);
  });

  test("in any pieces", () => {
    const sent = "POST /up HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /next HTTP/1.1\r\n\r\n";
    const received =
      "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\nHTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n";
    const http = observe();
    for (const char of sent) http.sent(char);
    for (const char of received) http.received(char);
    expect(http.seen()).toEqual(["POST /up 201", "GET /next 404"]);
    expect(http.finished()).toEqual([true, true]);
  });

  test("pipelined requests get their answers in order", () => {
    const http = observe();
    http.sent("GET /1 HTTP/1.1\r\n\r\nHEAD /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\n\r\n");
    http.received(
      "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nHTTP/1.1 204 None\r\n\r\n",
    );
    expect(http.seen()).toEqual(["GET /1 304", "HEAD /2 200", "GET /3 204"]);
    expect(http.finished()).toEqual([true, true, true]);
  });

  test("an interim answer is not the answer", () => {
    const http = observe();
    http.sent("PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    http.received("HTTP/1.1 100 Continue\r\n\r\n");
    http.sent("ok");
    http.received("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    expect(http.seen()).toEqual(["PUT / 200"]);
  });

  test("an answer without a length lasts until the connection ends", () => {
    const http = observe();
    http.sent("GET / HTTP/1.0\r\n\r\n");
    http.received("HTTP/1.0 200 OK\r\n\r\nHTTP/1.1 500 not a status line");
    expect(http.finished()).toEqual([false]);
    http.closed();
    expect(http.seen()).toEqual(["GET / 200"]);
    expect(http.finished()).toEqual([true]);
  });

  test("chunks with extensions, and a body that looks like a message", () => {
    const http = observe();
    http.sent("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");
    http.sent("e;name=value\r\nGET /x HTTP/1.\r\n0\r\n\r\n");
    http.sent("GET /y HTTP/1.1\r\n\r\n");
    expect(http.seen()).toEqual(["POST / null", "GET /y null"]);
  });

  test("an upgrade and a tunnel end the watching", () => {
    const upgrade = observe();
    upgrade.sent("GET /chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
    upgrade.received("HTTP/1.1 101 Switching\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    expect(upgrade.seen()).toEqual(["GET /chat 101"]);
    const tunnel = observe();
    tunnel.sent("CONNECT a:443 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    tunnel.received("HTTP/1.1 200 OK\r\n\r\nwhatever");
    expect(tunnel.seen()).toEqual(["CONNECT a:443 200"]);
    expect(tunnel.finished()).toEqual([true]);
  });

  test.each([
    ["another protocol", "EHLO me\r\nMAIL FROM:<a>\r\n\r\n"],
    ["bytes", "\u0000\u0001\u0002\n\n"],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a header without a colon", "GET / HTTP/1.1\r\nnonsense\r\n\r\n"],
    ["a line without end", "GET /".padEnd(100_000, "a")],
    ["too many headers", `GET / HTTP/1.1\r\n${"a: b\r\n".repeat(300)}\r\n`],
  ])("%s is left alone", (_name, text) => {
    const http = observe();
    http.sent(text);
    http.sent("GET / HTTP/1.1\r\n\r\n");
    http.received("HTTP/1.1 200 OK\r\n\r\n");
    expect(http.seen()).toEqual([]);
    expect(http.changes()).toBe(0);
  });

  test("a length that is none ends the watching after its request", () => {
    const http = observe();
    http.sent("POST / HTTP/1.1\r\nContent-Length: 3, 3\r\n\r\nabcGET /smuggled HTTP/1.1\r\n\r\n");
    expect(http.seen()).toEqual(["POST / null"]);
  });

  test("secrets are masked in the whole path before it is shortened", () => {
    const secret = "s".repeat(40);
    const http = observe((text) => text.replaceAll(secret, "•"));
    http.sent(`GET /${"x".repeat(1980)}${secret} HTTP/1.1\r\n\r\n`);
    expect(http.seen()[0]).not.toContain("sss");
  });

  test("only the last exchanges of a long connection are kept", () => {
    const http = observe();
    for (let i = 0; i < 300; i++) {
      http.sent(`GET /${i} HTTP/1.1\r\n\r\n`);
      http.received("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
    expect(http.seen()).toHaveLength(200);
    expect(http.seen().at(-1)).toBe("GET /299 200");
    expect(http.seen()[0]).toBe("GET /100 200");
  });
});
