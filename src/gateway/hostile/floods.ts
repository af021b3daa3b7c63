import { randomBytes } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import zlib from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CREDIT_WINDOW, MAX_FRAME_BYTES } from "../protocol.ts";
import { startTestIndex } from "../testing/index-server.ts";
import { memory } from "../testing/memory.ts";
import { fileRoute, serveThing, wheel } from "../testing/package-world.ts";
import { type PageSockets, startTestGateway, type TestGateway, temporaryFolder } from "../testing/page.ts";
import { closeServers, httpServer, tcpServer, until } from "../testing/servers.ts";

const megabyte = 1024 * 1024;

/** More than anyone needs: channels, look-ups, bytes, bodies that swell. */
export function floodAttempts(): void {
  let gateway: TestGateway;
  let page: PageSockets;
  /** Look-ups of slow.test wait for it. */
  const slow = Promise.withResolvers<void>();

  beforeAll(async () => {
    gateway = await startTestGateway({
      limits: { channels: 16, lookups: 4, fetchBody: megabyte },
      resolve: async (host) => {
        if (host.endsWith(".slow.test")) await slow.promise;
        return host === "public.test" ? "127.0.0.1" : null;
      },
    });
  });
  afterAll(() => gateway.close());
  beforeEach(async () => {
    page = await gateway.sockets();
  });
  afterEach(async () => {
    page.close();
    await closeServers();
  });

  /** Lets everything that is on its way arrive: so many answers of another connection have come meanwhile. */
  async function settle(rounds = 200): Promise<void> {
    const other = await gateway.sockets();
    const { port } = await tcpServer((socket) => socket.pipe(socket));
    const clock = await other.open("public.test", port);
    for (let round = 0; round < rounds; round += 1) {
      clock.write("tick");
      await clock.bytes(4);
    }
    other.close();
  }

  test("more channels than the limit: refused, and those that were there live on", async () => {
    const { port, connections } = await tcpServer((socket) => socket.pipe(socket));
    const first = await page.open("public.test", port);
    const many = Array.from({ length: 500 }, () => page.connect("public.test", port));
    const events = await Promise.all(many.map((channel) => channel.next()));
    expect(events.filter(({ ev }) => ev === "open")).toHaveLength(15);
    expect(events.filter((event) => event.ev === "error" && event.code === "EMFILE")).toHaveLength(485);
    await until(() => connections.size === 16);
    first.write("alive");
    expect(String(await first.bytes(5))).toBe("alive");
  });

  test("more look-ups than the limit: refused", async () => {
    const many = Array.from({ length: 12 }, (_, index) => page.connect(`${index}.slow.test`, 80));
    const refused = many.slice(4);
    for (const channel of refused) expect(await channel.expect("error")).toMatchObject({ code: "EAI_AGAIN" });
    slow.resolve();
  });

  test("more than the window at once: ended", async () => {
    const { port } = await tcpServer((socket) => void socket.pause());
    const channel = await page.open("public.test", port);
    for (let sent = 0; sent < CREDIT_WINDOW + 8 * megabyte; sent += MAX_FRAME_BYTES) {
      channel.write(Buffer.alloc(MAX_FRAME_BYTES));
    }
    expect(await channel.expect("error")).toMatchObject({ code: "ENOBUFS" });
  });

  test("more than the gateway holds for one WebSocket: ended, and what was held is given up", async () => {
    const small = await startTestGateway({
      limits: { unwritten: megabyte / 2 },
      resolve: async () => "127.0.0.1",
    });
    const { port } = await tcpServer((socket) => socket.pipe(socket));
    const sockets = await small.sockets();
    for (let round = 0; round < 3; round += 1) {
      const greedy = await sockets.open("public.test", port);
      greedy.write(Buffer.alloc(MAX_FRAME_BYTES));
      expect(await greedy.expect("error")).toMatchObject({ code: "ENOBUFS" });
      const modest = await sockets.open("public.test", port);
      modest.write("alive");
      expect(String(await modest.bytes(5))).toBe("alive");
    }
    await small.close();
  });

  test.each([Number.MAX_SAFE_INTEGER, 1e15, CREDIT_WINDOW * 100])(
    "acknowledging %d bytes that never came opens no larger window",
    async (bytes) => {
      const { port, connections } = await tcpServer(
        (socket) => void socket.write(Buffer.alloc(64 * megabyte)),
      );
      const channel = page.connect("public.test", port);
      channel.acknowledges = false;
      channel.send({ op: "ack", bytes });
      await channel.expect("open");
      for (let times = 0; times < 3; times += 1) {
        channel.send({ op: "ack", bytes: 0 });
        await settle(20);
      }
      expect(channel.bytesReceived).toBeLessThan(2 * CREDIT_WINDOW);
      expect([...connections][0]?.writableLength).toBeGreaterThan(0);
    },
  );

  describe("a body that swells is passed on as it is read, and no faster:", () => {
    const zeros = Buffer.alloc(32 * megabyte);
    const once = zlib.gzipSync(zeros);
    const bombs: readonly [string, string, () => Buffer][] = [
      ["gzip", "gzip", () => zlib.gzipSync(Buffer.alloc(256 * megabyte))],
      ["deflate", "deflate", () => zlib.deflateSync(Buffer.alloc(256 * megabyte))],
      [
        "brotli",
        "br",
        () =>
          zlib.brotliCompressSync(Buffer.alloc(256 * megabyte), {
            params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 },
          }),
      ],
      [
        "gzip in gzip",
        "gzip, gzip",
        () => zlib.gzipSync(Buffer.concat(Array.from({ length: 8 }, () => once))),
      ],
    ];
    test.each(bombs)("%s", async (_name, encoding, make) => {
      const body = make();
      const { port } = await httpServer((_request, response) => {
        response.writeHead(200, { "content-encoding": encoding }).end(body);
      });
      const before = memory();
      const { head, response } = await gateway.fetch({ url: `http://public.test:${port}/` });
      expect(head).toMatchObject({ kind: "response", status: 200 });
      await settle();
      expect(memory() - before).toBeLessThan(48 * megabyte);
      await response.body?.cancel();
    });

    test("six layers are not even begun", async () => {
      const { port } = await httpServer((_request, response) => {
        response.writeHead(200, { "content-encoding": "gzip, gzip, gzip, gzip, gzip, gzip" }).end(once);
      });
      const { response } = await gateway.fetch({ url: `http://public.test:${port}/` });
      expect((await response.arrayBuffer()).byteLength).toBe(once.length);
    });
  });

  test("a package that swells is given up, and nothing of it is kept", async () => {
    const index = await startTestIndex();
    const cacheDir = await temporaryFolder();
    const indexUrl = `http://127.0.0.1:${index.port}/simple/`;
    const small = await startTestGateway({ indexUrl, cacheDir, limits: { packageFile: 8 * megabyte } });
    const body = zlib.gzipSync(Buffer.alloc(64 * megabyte));
    serveThing(index, {});
    index.answers.set(`/files/${wheel}`, { headers: { "content-encoding": "gzip" }, body });
    const response = await small.api(await fileRoute(small));
    await expect(response.arrayBuffer()).rejects.toThrow();
    const kept = await readdir(cacheDir, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      kept.filter((entry) => entry.isFile()).map((entry) => stat(path.join(entry.parentPath, entry.name))),
    );
    expect(sizes.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(megabyte);
    await small.close();
  });

  test("a server with a head that never ends is given up", async () => {
    const { port } = await tcpServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      const more = setInterval(() => socket.write(`X: ${"y".repeat(10_000)}\r\n`), 1);
      socket.once("close", () => clearInterval(more));
    });
    expect((await gateway.fetch({ url: `http://public.test:${port}/` })).head).toMatchObject({
      kind: "error",
    });
  });

  test("a server that says nothing is given up", async () => {
    const impatient = await startTestGateway({
      limits: { fetchIdleMs: 300 },
      resolve: async () => "127.0.0.1",
    });
    const { port } = await tcpServer(() => undefined);
    const { head } = await impatient.fetch({ url: `http://public.test:${port}/` });
    expect(head).toMatchObject({ kind: "error", code: "ETIMEDOUT" });
    await impatient.close();
  });

  test("a server that redirects for ever is given up", async () => {
    let asked = 0;
    const { port } = await httpServer((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: `/${asked}` }).end();
    });
    const { head } = await gateway.fetch({ url: `http://public.test:${port}/` });
    expect(head).toMatchObject({ kind: "error", code: "ERR_TOO_MANY_REDIRECTS" });
    expect(asked).toBeLessThan(30);
  });

  test("a request's body larger than the limit is refused, and the server not asked", async () => {
    let asked = 0;
    const { port } = await httpServer((_request, response) => {
      asked += 1;
      response.end();
    });
    const body = randomBytes(megabyte + 1);
    const { head } = await gateway.fetch({ url: `http://public.test:${port}/`, method: "POST" }, body);
    expect(head).toMatchObject({ kind: "error", code: "EFBIG" });
    expect(asked).toBe(0);
  });
}
