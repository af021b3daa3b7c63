// @vitest-environment node
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TestGateway } from "./testing/page.ts";
import { startTestGateway } from "./testing/page.ts";
import { closeServers, httpServer } from "./testing/servers.ts";

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
    expect((await gateway.fetch({ url: `http://${host}/`, allowed })).head).toMatchObject({ code: "EACCES" });
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
