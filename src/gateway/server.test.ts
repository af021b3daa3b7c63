// @vitest-environment node
import { once } from "node:events";
import net from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { DEFAULT_PORT, type Gateway, startGateway } from "./index.ts";
import { startTestGateway, temporaryFolder } from "./testing/page.ts";
import { closeServers, tcpServer, until } from "./testing/servers.ts";

let gateways: Gateway[] = [];
afterEach(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  gateways = [];
  await closeServers();
});

async function start(options: { port?: number; host?: string }): Promise<Gateway> {
  const folder = await temporaryFolder();
  const gateway = await startGateway({ appDir: folder, runtimeDir: folder, ...options });
  gateways.push(gateway);
  return gateway;
}

describe("the port", () => {
  test("is the default one or, when it is taken, another", async () => {
    const [first, second] = [await start({}), await start({})];
    expect(first.port).toBeGreaterThanOrEqual(DEFAULT_PORT);
    expect(second.port).toBeGreaterThan(first.port);
    expect(second.url).toBe(`http://127.0.0.1:${second.port}/`);
  });

  test("that was asked for is not exchanged for another", async () => {
    const { port } = await tcpServer(() => undefined);
    await expect(start({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("the host", () => {
  test.each(["0.0.0.0", "::", "192.168.1.2", "example.com"])(
    "%j is refused without a password, in a sentence",
    async (host) => {
      await expect(start({ host })).rejects.toThrow(/RUNNEL_PASSWORD/);
    },
  );

  test("::1 is served under its own name, and under no other", async () => {
    const { url, port } = await start({ host: "::1", port: 0 });
    expect(url).toBe(`http://[::1]:${port}/`);
    expect((await fetch(url)).status).toBe(404);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test("is 127.0.0.1 only: no other address of this machine answers", async () => {
    const { port } = await start({ port: 0 });
    for (const host of ["127.0.0.2", "::1"]) {
      const [error] = await once(net.connect({ host, port }), "error");
      expect(error).toMatchObject({ code: "ECONNREFUSED" });
    }
  });
});

test("closing ends every connection, and lets go of the port", async () => {
  const { port, connections } = await tcpServer((socket) => socket.pipe(socket));
  const gateway = await startTestGateway();
  const page = await gateway.sockets();
  await page.open("127.0.0.1", port);
  const closed = once(page.socket, "close");
  await gateway.close();
  await closed;
  await until(() => connections.size === 0);
  await start({ port: gateway.port });
});
