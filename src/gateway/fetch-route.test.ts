// @vitest-environment node
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import zlib from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Authority, createAuthority, createSelfSigned } from "./testing/certificates.ts";
import type { TestGateway } from "./testing/page.ts";
import { startTestGateway } from "./testing/page.ts";
import { recordingServer, type Seen } from "./testing/recording-server.ts";
import { closedPort, closeServers, until } from "./testing/servers.ts";

let gateway: TestGateway;
let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority();
  gateway = await startTestGateway({
    extraCa: authority.cert,
    limits: { fetchBody: 1024 * 1024 },
    // Every name of these tests is "public" and here; addresses are judged as they are.
    resolve: async (host) => (host.endsWith(".test") ? "127.0.0.1" : null),
  });
});
afterAll(() => gateway.close());
afterEach(closeServers);

const ok = (_request: Seen, response: http.ServerResponse) => void response.end("ok");
describe("a request", () => {
  test("reaches its server with method, headers and body, and comes back with its status, headers and body", async () => {
    const { url, seen, port } = await recordingServer((_request, response) => {
      response.writeHead(201, "Made", { "x-answer": "42", "set-cookie": ["a=1", "b=2"] }).end("done");
    });
    const { head, response } = await gateway.fetch(
      {
        url: `${url}/things?q=a%20b`,
        method: "POST",
        headers: [
          ["X-Thing", "1"],
          ["Content-Type", "text/plain"],
        ],
      },
      "the body",
    );
    expect(head).toMatchObject({ kind: "response", status: 201, statusText: "Made", redirected: false });
    expect(
      head.kind === "response" && head.headers.filter(([name]) => /^(x-answer|set-cookie)$/.test(name)),
    ).toEqual([
      ["x-answer", "42"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    expect(await response.text()).toBe("done");
    expect(seen).toMatchObject([
      {
        method: "POST",
        url: "/things?q=a%20b",
        body: "the body",
        headers: {
          host: `api.test:${port}`,
          "x-thing": "1",
          "content-type": "text/plain",
          "content-length": "8",
        },
      },
    ]);
  });

  test("carries nothing of the gateway's own, and no header of the connection", async () => {
    const { url, seen } = await recordingServer(ok);
    await gateway.fetch({
      url,
      headers: [
        ["Host", "evil.test"],
        ["Content-Length", "5"],
        ["Transfer-Encoding", "chunked"],
        ["Connection", "x-secret"],
        ["Upgrade", "h2c"],
        ["Proxy-Authorization", "Basic eA=="],
        ["Expect", "100-continue"],
      ],
    });
    const headers: http.IncomingHttpHeaders = seen[0]?.headers ?? {};
    expect(Object.keys(headers).sort()).toEqual([
      "accept",
      "accept-encoding",
      "connection",
      "host",
      "user-agent",
    ]);
    expect(headers.host).toContain("api.test");
    expect(headers.connection).toBe("close");
  });

  test.each(["gzip", "br", "deflate", "zstd", "gzip, br"])("is decoded from %s", async (encoding) => {
    const text = "decoded ".repeat(1000);
    const encoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
      gzip: (bytes) => zlib.gzipSync(bytes),
      br: (bytes) => zlib.brotliCompressSync(bytes),
      deflate: (bytes) => zlib.deflateSync(bytes),
      zstd: (bytes) => zlib.zstdCompressSync(bytes),
    };
    const { url } = await recordingServer((_request, response) => {
      let body: Buffer = Buffer.from(text);
      for (const name of encoding.split(", ")) body = encoders[name]?.(body) ?? body;
      response.writeHead(200, { "content-encoding": encoding, "content-length": body.length }).end(body);
    });
    const { head, response } = await gateway.fetch({ url });
    expect(await response.text()).toBe(text);
    expect(JSON.stringify(head)).not.toMatch(/content-(encoding|length)/);
  });

  test("in an encoding that we don't know is left as it is", async () => {
    const { url } = await recordingServer((_request, response) => {
      response.writeHead(200, { "content-encoding": "constructor" }).end("as it is");
    });
    const { head, response } = await gateway.fetch({ url });
    expect(await response.text()).toBe("as it is");
    expect(JSON.stringify(head)).toContain('["content-encoding","constructor"]');
  });

  test.each([204, 205, 304])("answered with %i has no body", async (status) => {
    const { url } = await recordingServer((_request, response) => void response.writeHead(status).end());
    const { head, response } = await gateway.fetch({ url });
    expect(head).toMatchObject({ kind: "response", status });
    expect(await response.text()).toBe("");
  });

  test("of method HEAD works", async () => {
    const { url } = await recordingServer(
      (_request, response) => void response.writeHead(200, { "content-type": "x/y" }).end(),
    );
    expect((await gateway.fetch({ url, method: "HEAD" })).head).toMatchObject({ status: 200 });
  });

  test("with a user in its address is signed in, and the address comes back without", async () => {
    const { port, seen } = await recordingServer(ok);
    const { head } = await gateway.fetch({ url: `http://me:p%40ss@api.test:${port}/` });
    expect(seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from("me:p@ss").toString("base64")}`);
    expect(head).toMatchObject({ url: `http://api.test:${port}/` });
  });

  test("whose body is too large is refused before it is sent", async () => {
    const { url, seen } = await recordingServer(ok);
    const { head } = await gateway.fetch({ url, method: "POST" }, randomBytes(1024 * 1024 + 1));
    expect(head).toMatchObject({ kind: "error", code: "EFBIG" });
    expect(seen).toEqual([]);
  });
});

describe("a response", () => {
  test("streams: its beginning is there before its end", async () => {
    let finish: () => void = () => undefined;
    const { url } = await recordingServer((_request, response) => {
      response.write("first");
      finish = () => response.end("last");
    });
    const { response } = await gateway.fetch({ url });
    const reader = response.body?.getReader();
    const decode = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
    expect(decode((await reader?.read())?.value)).toBe("first");
    finish();
    expect(decode((await reader?.read())?.value)).toBe("last");
  });

  test("that nobody reads is not read from its server either", async () => {
    const total = 128 * 1024 * 1024;
    let server: http.ServerResponse | undefined;
    const { url } = await recordingServer((_request, response) => {
      server = response;
      response.write(Buffer.alloc(total));
    });
    await gateway.fetch({ url });
    for (let round = 0; round < 100; round += 1) await gateway.api("/api/nothing");
    expect(server?.writableLength).toBeGreaterThan(0);
  });

  test("ends at its server when the page goes away", async () => {
    const { url, connections } = await recordingServer((_request, response) => void response.write("first"));
    const { response } = await gateway.fetch({ url });
    expect(connections.size).toBe(1);
    await response.body?.cancel();
    await until(() => connections.size === 0);
  });

  test("that the server breaks off breaks off for the page", async () => {
    const { url } = await recordingServer((_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("first", () => response.socket?.destroy());
    });
    const { response } = await gateway.fetch({ url });
    await expect(response.text()).rejects.toThrow();
  });
});

describe("errors are Node's own:", () => {
  test("refused", async () => {
    const { head } = await gateway.fetch({ url: `http://api.test:${await closedPort()}/` });
    expect(head).toMatchObject({ kind: "error", code: "ECONNREFUSED" });
  });

  test("unknown host", async () => {
    const { head } = await gateway.fetch({ url: "http://nothing.invalid/" });
    expect(head).toMatchObject({ kind: "error", code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  test("reset", async () => {
    const { url } = await recordingServer((_request, response) => response.socket?.resetAndDestroy());
    expect((await gateway.fetch({ url })).head).toMatchObject({ kind: "error", code: "ECONNRESET" });
  });

  test("certificates, checked against the host's name and the trusted roots", async () => {
    const pairs = [await authority.issue(["good.test"]), await createSelfSigned("self.test")];
    const heads: unknown[] = [];
    for (const [pair, host] of [
      [pairs[0], "good.test"],
      [pairs[0], "other.test"],
      [pairs[1], "self.test"],
    ] as const) {
      const server = https
        .createServer({ ...pair }, (_request, response) => void response.end("secure"))
        .listen(0);
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const { head } = await gateway.fetch({ url: `https://${host}:${port}/` });
      heads.push(head.kind === "error" ? head.code : head.kind);
      server.close();
      server.closeAllConnections();
    }
    expect(heads).toEqual(["response", "ERR_TLS_CERT_ALTNAME_INVALID", "DEPTH_ZERO_SELF_SIGNED_CERT"]);
  });

  test.each([
    ["in a header's value", [["X-A", "a\r\nX-B: b"]]],
    ["in a header's name", [["X-A: a\r\nX-B", "b"]]],
    ["a character that no header can have", [["X-A", "snow ☃"]]],
  ] as const)("line breaks %s", async (_name, headers) => {
    const { url, seen } = await recordingServer(ok);
    expect((await gateway.fetch({ url, headers })).head).toMatchObject({
      kind: "error",
      code: expect.stringMatching(/^ERR_(INVALID_CHAR|INVALID_HTTP_TOKEN)$/),
    });
    expect(seen).toEqual([]);
  });
});

test.each([
  "not json",
  "%",
  encodeURIComponent("{}"),
  ...[
    "file:///etc/passwd",
    "ftp://a.test/",
    "data:text/plain,x",
    "gopher://a.test/",
    "api.test",
    "//api.test",
  ].map((url) =>
    encodeURIComponent(JSON.stringify({ url, method: "GET", headers: [], redirect: "follow", allowed: [] })),
  ),
  ...["CONNECT", "TRACE", "GET /x HTTP/1.1\r\n", ""].map((method) =>
    encodeURIComponent(
      JSON.stringify({ url: "http://a.test/", method, headers: [], redirect: "follow", allowed: [] }),
    ),
  ),
])("a request that can't be read is answered with 400: %s", async (header) => {
  const response = await gateway.api("/api/fetch", {
    method: "POST",
    headers: { "x-runnel-request": header },
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "BadRequest" });
});
