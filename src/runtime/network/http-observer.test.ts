import { describe, expect, test } from "vitest";
import { CAPTURED_BODY, type CaptureBudget, createBudget } from "./capture.ts";
import { createHttpObserver } from "./http-observer.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const text = (bytes: Uint8Array | null | undefined) => (bytes ? decoder.decode(bytes) : null);

/** Bytes of a message in pieces whose borders differ from seed to seed. */
function* pieces(bytes: Uint8Array, seed: number): Generator<Uint8Array> {
  let state = seed;
  for (let at = 0; at < bytes.length; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const size = 1 + (state % (seed % 2 === 0 ? 7 : 900));
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

function observe(budget: CaptureBudget = createBudget()) {
  let changes = 0;
  const observer = createHttpObserver({
    budget,
    onChange: () => {
      changes += 1;
    },
  });
  return {
    observer,
    exchanges: () => observer.exchanges(),
    bodies: () =>
      observer
        .exchanges()
        .map(({ request, response }) => [text(request.body.bytes), text(response?.body.bytes)]),
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

describe("what is kept of a message", () => {
  const sent =
    "POST /up?a=1 HTTP/1.1\r\nHost: x\r\nX-Odd-CASE:  two words \r\ncontent-length: 5\r\n\r\nhello" +
    "PUT /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: z\r\n\r\n" +
    "HEAD /c HTTP/1.0\r\n\r\n";
  const received =
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok" +
    "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nno \r\n3\r\nway\r\n0\r\n\r\n" +
    "HTTP/1.0 200 OK\r\nContent-Length: 77\r\n\r\n";

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("is the same whatever pieces it comes in (%i)", (seed) => {
    const http = observe();
    for (const piece of pieces(encoder.encode(sent), seed)) http.observer.sent(piece);
    for (const piece of pieces(encoder.encode(received), seed + 1)) http.observer.received(piece);
    expect(http.bodies()).toEqual([
      ["hello", "ok"],
      ["Wikipedia", "no way"],
      ["", ""],
    ]);
    const [first, second, third] = http.exchanges();
    expect(first).toMatchObject({ version: "HTTP/1.1", reason: "Created", path: "/up?a=1" });
    expect(first?.request.headers).toEqual([
      ["Host", "x"],
      ["X-Odd-CASE", "two words"],
      ["content-length", "5"],
    ]);
    expect(first?.response?.headers).toEqual([
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
      ["Content-Length", "2"],
    ]);
    expect(second?.request.body).toMatchObject({ size: 9, state: "complete" });
    expect(second?.response?.body).toMatchObject({ size: 6, state: "complete" });
    expect(third).toMatchObject({ method: "HEAD", status: 200, version: "HTTP/1.0" });
    expect(http.exchanges().every(({ firstByteMs }) => firstByteMs !== null)).toBe(true);
  });

  test("of a long body its first 64 KiB, as soon as they are there, and its whole size", () => {
    const http = observe();
    http.sent("GET / HTTP/1.1\r\n\r\n");
    http.received("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
    http.received("a".repeat(CAPTURED_BODY - 1));
    expect(http.exchanges()[0]?.response?.body).toMatchObject({ state: "arriving", bytes: null });
    http.received("bc");
    const arriving = http.exchanges()[0]?.response?.body;
    expect(arriving).toMatchObject({ state: "arriving", size: CAPTURED_BODY + 1 });
    expect(text(arriving?.bytes)).toBe(`${"a".repeat(CAPTURED_BODY - 1)}b`);
    http.received("d".repeat(1_000_000 - CAPTURED_BODY - 1));
    const complete = http.exchanges()[0]?.response?.body;
    expect(complete).toMatchObject({ state: "complete", size: 1_000_000 });
    expect(complete?.bytes).toBe(arriving?.bytes);
  });

  test("a body that the connection's end cuts off says so, one that lasts until then is complete", () => {
    const cut = observe();
    cut.sent("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc");
    cut.received("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ndef");
    cut.closed();
    expect(cut.bodies()).toEqual([["abc", "def"]]);
    expect(cut.exchanges()[0]?.request.body.state).toBe("cut-off");
    expect(cut.exchanges()[0]?.response?.body.state).toBe("cut-off");
    const whole = observe();
    whole.sent("GET / HTTP/1.0\r\n\r\n");
    whole.received("HTTP/1.0 200 OK\r\n\r\nde");
    whole.received("f");
    whole.closed();
    expect(whole.bodies()).toEqual([["", "def"]]);
    expect(whole.exchanges()[0]?.response?.body.state).toBe("complete");
  });

  test("an exchange without an answer has no response and no duration", () => {
    const http = observe();
    http.sent("GET / HTTP/1.1\r\n\r\n");
    http.closed();
    expect(http.exchanges()).toMatchObject([{ response: null, status: null, durationMs: null }]);
  });

  test("an exchange that has not changed is the same object", () => {
    const http = observe();
    http.sent("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    http.received("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    const [before] = http.exchanges();
    http.received("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    expect(http.exchanges()[0]).toBe(before);
    expect(http.exchanges()[1]?.status).toBe(200);
  });

  test("a step's messages together stay within the budget, and what is missing says so", () => {
    const http = observe(createBudget(100));
    http.sent("POST /first HTTP/1.1\r\nContent-Length: 150\r\n\r\n");
    http.sent("x".repeat(150));
    http.sent(`GET /${"y".repeat(5000)} HTTP/1.1\r\nA: b\r\n\r\n`);
    const [first, second] = http.exchanges();
    expect(first?.request.body).toMatchObject({ size: 150, overBudget: true });
    expect(first?.request.body.bytes?.length).toBeLessThan(100);
    expect(second?.request.headers).toBeNull();
    expect(second?.path.length).toBeLessThan(300);
  });

  test("exchanges that are forgotten make room for others", () => {
    const http = observe(createBudget(250_000));
    for (let index = 0; index < 1000; index++) {
      http.sent("GET / HTTP/1.1\r\n\r\n");
      http.received(`HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n${"z".repeat(1000)}`);
    }
    expect(http.exchanges().every(({ response }) => response?.body.bytes?.length === 1000)).toBe(true);
  });
});
