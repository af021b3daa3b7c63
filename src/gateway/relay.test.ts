// @vitest-environment node
import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PageSockets, startTestGateway, type TestGateway } from "./testing/page.ts";

let gateway: TestGateway;
let page: PageSockets;

beforeAll(async () => {
  gateway = await startTestGateway();
  page = await gateway.sockets();
});
afterAll(() => gateway.close());

async function serve(onSocket: (socket: net.Socket) => void): Promise<{ port: number; server: net.Server }> {
  const server = net.createServer({ allowHalfOpen: true }, onSocket);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as net.AddressInfo).port, server };
}

describe("a connection", () => {
  test("is asked for on loopback, opens, echoes and closes", async () => {
    const { port } = await serve((socket) => socket.pipe(socket));
    const channel = page.connect("localhost", port);
    expect(await channel.expect("ask")).toMatchObject({ host: "localhost", port, range: "loopback" });
    channel.send({ op: "allow" });
    expect(await channel.expect("open")).toMatchObject({ remoteAddress: "127.0.0.1", remotePort: port });
    channel.write("hello");
    expect(String(await channel.bytes(5))).toBe("hello");
    channel.send({ op: "close" });
    await channel.expect("closed");
  });
});
