import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { NetworkAnswer } from "../protocol.ts";
import type { FakeSocket } from "./testing/fakes.ts";
import { connect, open, openSocketWorld, question, type SocketWorld } from "./testing/socket-world.ts";

let world: SocketWorld;
beforeEach(() => {
  world = openSocketWorld();
});
afterEach(() => world.close());

describe("frames", () => {
  test("go both ways; what came before the WebSocket was open waits for it", async () => {
    world.worker.command(1, connect);
    await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
    expect(world.sockets[0]?.frames).toHaveLength(0);
    world.sockets[0]?.opens();
    expect(world.sockets[0]?.sent()).toEqual([[1, connect]]);
    world.sockets[0]?.event(1, open);
    world.sockets[0]?.data(1, "hello");
    await vi.waitFor(() =>
      expect(world.worker.messages).toEqual([
        [1, open],
        [1, "hello"],
      ]),
    );
    world.worker.data(1, "bye");
    await vi.waitFor(() => expect(world.sockets[0]?.sent().at(-1)).toEqual([1, "bye"]));
  });

  test("nothing but a command's own fields is passed on", async () => {
    world.worker.command(1, { ...connect, allowed: true, timeoutMs: 5 });
    await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
    world.sockets[0]?.opens();
    expect(world.sockets[0]?.sent()).toEqual([[1, { ...connect, timeoutMs: 5 }]]);
  });

  test("the next run gets a new WebSocket when the gateway was lost", async () => {
    const socket = await world.connected();
    socket.close();
    await vi.waitFor(() => expect(world.worker.messages.at(-1)).toBeNull());
    expect(world.records.at(-1)).toMatchObject({
      state: "failed",
      error: expect.stringContaining("gateway"),
    });
    world.worker.data(1, "to the lost connection");
    world.worker.command(2, connect);
    await vi.waitFor(() => expect(world.sockets).toHaveLength(2));
    world.sockets[1]?.opens();
    expect(world.sockets[1]?.sent()).toEqual([[2, connect]]);
  });

  test("closing ends the WebSocket and with it every connection", async () => {
    const socket = await world.connected();
    world.tunnel.close();
    expect(socket.readyState).toBe(WebSocket.CLOSED);
    expect(world.records.at(-1)?.state).toBe("closed");
  });
});

describe("permission", () => {
  test("is asked once for all connections to one target, and the worker hears of it", async () => {
    let answer: (answer: NetworkAnswer) => void = () => {};
    world.ask.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    world.worker.command(1, connect);
    world.worker.command(2, connect);
    await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
    const socket = world.sockets[0] as FakeSocket;
    socket.opens();
    await vi.waitFor(() => expect(socket.sent()).toHaveLength(2));
    socket.event(1, question);
    socket.event(2, question);
    expect(world.ask).toHaveBeenCalledExactlyOnceWith({
      kind: "host",
      host: "db.local",
      port: 80,
      address: "10.0.0.1",
      range: "private",
    });
    expect(world.records.at(-1)?.state).toBe("waiting-for-permission");
    answer("allow");
    await vi.waitFor(() =>
      expect(socket.sent().slice(2)).toEqual([
        [1, { op: "allow" }],
        [2, { op: "allow" }],
      ]),
    );
    await vi.waitFor(() =>
      expect(world.worker.messages).toEqual([
        [1, question],
        [2, question],
        [1, { ev: "answered" }],
        [2, { ev: "answered" }],
      ]),
    );
  });

  test("a no names the target and says what to do", async () => {
    world.ask.mockResolvedValue("deny");
    world.worker.command(1, connect);
    await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
    world.sockets[0]?.opens();
    world.sockets[0]?.event(1, question);
    await vi.waitFor(() =>
      expect(world.sockets[0]?.sent().at(-1)).toEqual([
        1,
        { op: "deny", message: expect.stringMatching(/db\.local:80.*Network access/) },
      ]),
    );
  });

  test("an answer for a connection that was closed meanwhile is not sent", async () => {
    let answer: (answer: NetworkAnswer) => void = () => {};
    world.ask.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    world.worker.command(1, connect);
    await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
    const socket = world.sockets[0] as FakeSocket;
    socket.opens();
    socket.event(1, question);
    world.worker.command(1, { op: "close" });
    await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([1, { op: "close" }]));
    answer("allow");
    await world.handled(socket);
    expect(socket.sent().at(-2)).toEqual([1, { op: "close" }]);
  });
});

describe("records", () => {
  test("tell the bytes, the exchange and the end", async () => {
    const socket = await world.connected();
    world.worker.data(1, "GET /x HTTP/1.1\r\n\r\n");
    await vi.waitFor(() => expect(socket.sent().at(-1)?.[1]).toContain("GET /x"));
    socket.data(1, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    socket.event(1, { ev: "closed" });
    expect(world.records.at(-1)).toMatchObject({
      host: "db.local",
      port: 80,
      tls: false,
      state: "closed",
      bytesOut: 19,
      bytesIn: 40,
      exchanges: [{ method: "GET", path: "/x", status: 200 }],
      error: null,
    });
    expect(world.records.at(-1)?.durationMs).not.toBeNull();
  });

  test("HTTP is seen inside TLS, not across its beginning", async () => {
    const socket = await world.connected();
    world.worker.data(1, "STARTTLS\r\n");
    world.worker.command(1, { op: "starttls", servername: "db.local", verify: false, checkHostname: false });
    await vi.waitFor(() => expect(socket.sent().at(-1)?.[1]).toMatchObject({ op: "starttls" }));
    socket.event(1, { ev: "tls", version: "TLSv1.3", cipher: { name: "A", version: "TLSv1.3" }, alpn: null });
    world.worker.data(1, "GET /in HTTP/1.1\r\n\r\n");
    world.worker.command(1, { op: "close" });
    await vi.waitFor(() => expect(world.records.at(-1)?.state).toBe("closed"));
    expect(world.records.at(-1)).toMatchObject({ tls: true, verified: false, exchanges: [{ path: "/in" }] });
  });

  test("a look-up is no connection", async () => {
    world.worker.command(1, { op: "resolve", host: "a.example" });
    await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
    world.sockets[0]?.opens();
    expect(world.sockets[0]?.sent()).toEqual([[1, { op: "resolve", host: "a.example" }]]);
    expect(world.records).toHaveLength(0);
  });
});
