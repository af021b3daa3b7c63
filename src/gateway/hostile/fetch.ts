import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FetchRequest } from "../protocol.ts";
import type { TestGateway } from "../testing/page.ts";
import { startTestGateway } from "../testing/page.ts";
import { closeServers, httpServer, tcpServer } from "../testing/servers.ts";

/** Attempts through the fetch route. */
export function fetchAttempts(): void {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({
      resolve: async (host) =>
        ({ "public.test": "127.0.0.1", "own.test": `127.0.0.1:${gateway.port}` })[host] ?? null,
    });
  });
  afterAll(() => gateway.close());
  afterEach(closeServers);

  /** A public server that redirects to `location` (`PORT` in it: its own port), and counts what it is asked. */
  async function redirector(location: string, status = 302) {
    const asked: string[] = [];
    const { port } = await httpServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.url === "/start") {
        const target = Buffer.from(location.replaceAll("PORT", String(port))).toString("latin1");
        response.writeHead(status, { location: target }).end();
      } else response.end("inside");
    });
    return { port, asked, url: `http://public.test:${port}/start` };
  }

  const loopbackForms = [
    "127.0.0.1",
    "localhost",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "%31%32%37.0.0.1",
    "127。0。0。1",
  ];
  const neverForms = [
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::1]",
    "[fd00:ec2::254]",
    "100.100.100.200",
    "0.0.0.0",
    "[::]",
    "255.255.255.255",
  ];

  describe("a private target is asked for, and not reached before:", () => {
    test.each(loopbackForms)("directly, %s", async (host) => {
      const { port, asked } = await redirector("/");
      const { head } = await gateway.fetch({ url: `http://${host}:${port}/` });
      expect(head).toMatchObject({ kind: "ask", port, range: "loopback" });
      expect(asked).toEqual([]);
    });

    test.each(loopbackForms)("through a redirect of a public one, %s", async (host) => {
      const { url, asked } = await redirector(`http://${host}:PORT/inside`);
      expect((await gateway.fetch({ url })).head).toMatchObject({ kind: "ask", range: "loopback" });
      expect(asked).toEqual(["GET /start"]);
    });

    test("and reached once it is allowed, at that host and port only", async () => {
      const { port, url } = await redirector("http://127.0.0.1:PORT/inside");
      const allowed = [`127.0.0.1:${port}`];
      const { head, response } = await gateway.fetch({ url, allowed });
      expect(head).toMatchObject({ kind: "response", status: 200, redirected: true });
      expect(await response.text()).toBe("inside");
      for (const wrong of [
        `127.0.0.1:${port + 1}`,
        `localhost:${port}`,
        "127.0.0.1",
        "*",
        `x127.0.0.1:${port}`,
      ]) {
        expect((await gateway.fetch({ url, allowed: [wrong] })).head).toMatchObject({ kind: "ask" });
      }
      expect((await gateway.fetch({ url: `http://localhost:${port}/`, allowed })).head).toMatchObject({
        kind: "ask",
      });
    });

    test("and a POST that was redirected there is not sent a second time", async () => {
      const { url, asked } = await redirector("http://127.0.0.1:PORT/inside", 307);
      const { head } = await gateway.fetch({ url, method: "POST" }, "order one pizza");
      expect(head).toMatchObject({
        kind: "error",
        code: "EACCES",
        message: expect.stringContaining("redirected"),
      });
      expect(asked).toEqual(["POST /start"]);
    });
  });

  describe("never, allowed or not:", () => {
    test.each(neverForms)("%s, directly and through a redirect", async (host) => {
      const allowed = [`${host}:80`, `${new URL(`http://${host}`).hostname}:80`];
      expect((await gateway.fetch({ url: `http://${host}/`, allowed })).head).toMatchObject({
        code: "EACCES",
      });
      const { url } = await redirector(`http://${host}/latest/meta-data/`);
      expect((await gateway.fetch({ url, allowed })).head).toMatchObject({ code: "EACCES" });
    });

    test.each([...loopbackForms, "0.0.0.0", "own.test"])("the gateway itself at %s", async (host) => {
      const target = `http://${host}:${gateway.port}/`;
      const allowed = [`127.0.0.1:${gateway.port}`, `localhost:${gateway.port}`];
      expect((await gateway.fetch({ url: target, allowed })).head).toMatchObject({ code: "EACCES" });
      const { url } = await redirector(target);
      expect((await gateway.fetch({ url, allowed })).head).toMatchObject({ code: "EACCES" });
    });
  });

  describe("an address that hides its host is read as browsers read it:", () => {
    test.each([
      "http://public.test@127.0.0.1:PORT/",
      "http://public.test:80@127.0.0.1:PORT/",
      "http://public.test%2f@127.0.0.1:PORT/",
      "http://public.test\\@127.0.0.1:PORT/",
      "http:\\\\127.0.0.1:PORT/",
      "http:127.0.0.1:PORT/",
      "http:///127.0.0.1:PORT/",
      "http://127.0.0.1:PORT#@public.test/",
      "http://127.0.0.1:PORT?@public.test/",
      "ht\ntp://127.0.0.1:PORT/",
      "  http://127.0.0.1:PORT/",
    ])("%j", async (url) => {
      const { port, asked } = await redirector("/");
      const { head, response } = await gateway.fetch({ url: url.replace("PORT", String(port)) });
      // Refused, asked about, or another host: but never the one that hides.
      expect(response.status === 400 || ["ask", "error"].includes(head.kind)).toBe(true);
      expect(asked).toEqual([]);
    });
  });

  describe("a scheme that is none of the web's is refused:", () => {
    test.each([
      "file:///etc/passwd",
      "ftp://public.test/",
      "gopher://public.test:70/_x",
      "data:text/plain,x",
      "javascript:1",
      "ws://public.test/",
      "unix:/var/run/docker.sock",
      "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
      "blob:http://public.test/x",
      "view-source:http://public.test/",
      "//public.test/",
      "",
    ])("%j, directly and through a redirect", async (url) => {
      expect((await gateway.fetch({ url })).response.status).toBe(400);
      if (url === "" || url.startsWith("//")) return;
      const { url: start, asked } = await redirector(url);
      expect((await gateway.fetch({ url: start })).head).toMatchObject({ kind: "error" });
      expect(asked).toEqual(["GET /start"]);
    });
  });

  describe("a request can't be split in two:", () => {
    const bad: readonly [string, Partial<FetchRequest>][] = [
      ["a line break in a header", { headers: [["x", "y\r\nHost: evil.test"]] }],
      ["a line feed in a header", { headers: [["x", "y\nX-Second: z"]] }],
      ["a line break in a header's name", { headers: [["x: y\r\nz", "y"]] }],
      ["a NUL in a header", { headers: [["x", "y\0z"]] }],
      ["a space in a header's name", { headers: [["x y", "z"]] }],
      ["a header without a name", { headers: [["", "z"]] }],
      ["a line break in the method", { method: "GET / HTTP/1.1\r\nX: y\r\n\r\nGET" }],
      ["a tunnel", { method: "CONNECT" }],
      ["a trace", { method: "TRACE" }],
      ["no method", { method: "" }],
    ];
    test.each(bad)("%s", async (_name, request) => {
      const { port, asked } = await redirector("/");
      const { head, response } = await gateway.fetch({ url: `http://public.test:${port}/`, ...request });
      expect(response.status === 400 || head.kind === "error").toBe(true);
      expect(asked).toEqual([]);
    });

    const passed: readonly [string, Partial<FetchRequest>][] = [
      ["a line break in the path", { url: "http://public.test:PORT/a%0d%0aX-Second:%20y" }],
      ["a raw line break in the path", { url: "http://public.test:PORT/a\r\nX-Second: y" }],
      ["another length", { headers: [["Content-Length", "3"]] }],
      ["another coding", { headers: [["Transfer-Encoding", "chunked"]] }],
      [
        "an upgrade",
        {
          headers: [
            ["Connection", "Upgrade"],
            ["Upgrade", "websocket"],
          ],
        },
      ],
      ["another host", { headers: [["Host", "evil.test"]] }],
      [
        "what names it as hop by hop",
        {
          headers: [
            ["Connection", "host, x"],
            ["X", "y"],
          ],
        },
      ],
      ["credentials for a proxy", { headers: [["Proxy-Authorization", "Basic eDp5"]] }],
    ];
    test.each(passed)("%s arrives as one request to the host that was judged", async (_name, request) => {
      const lines: string[] = [];
      const { port } = await tcpServer((socket) => {
        socket.on("data", (bytes) => {
          lines.push(...String(bytes).split("\r\n"));
          socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
      });
      const url = (request.url ?? "http://public.test:PORT/").replace("PORT", String(port));
      const { head } = await gateway.fetch({ method: "POST", ...request, url }, "body");
      expect(head).toMatchObject({ kind: "response", status: 200 });
      const named = (name: string) => lines.filter((line) => line.toLowerCase().startsWith(`${name}:`));
      expect(named("host")).toEqual([`host: public.test:${port}`]);
      expect(named("content-length")).toEqual(["content-length: 4"]);
      expect(named("connection")).toEqual(["connection: close"]);
      for (const name of ["transfer-encoding", "upgrade", "proxy-authorization", "x-second"])
        expect(named(name)).toEqual([]);
    });
  });
}
