import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CREDIT_WINDOW } from "../../gateway/protocol.ts";
import { encodeData, MAX_DATA_BYTES } from "./frames.ts";
import type { FakeSocket } from "./testing/fakes.ts";
import { connect, openSocketWorld, question, type SocketWorld } from "./testing/socket-world.ts";

let world: SocketWorld;
beforeEach(() => {
  world = openSocketWorld();
});
afterEach(() => world.close());

describe("a hostile worker", () => {
  test.each([
    ["allow", { op: "allow" }],
    ["deny", { op: "deny", message: "" }],
    ["an unknown command", { op: "listen", port: 80 }],
    ["TLS without a name", { op: "starttls" }],
    ["an acknowledgement of what was never sent", { op: "ack", bytes: 10 }],
    ["a second connect", connect],
  ])("%s is dropped", async (_name, command) => {
    const socket = await world.connected();
    const before = socket.frames.length;
    world.worker.command(1, command);
    world.worker.data(1, "still alive");
    await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([1, "still alive"]));
    expect(socket.frames).toHaveLength(before + 1);
  });

  test.each([
    ["port 0", { op: "connect", host: "a", port: 0 }],
    ["port 65536", { op: "connect", host: "a", port: 65_536 }],
    ["no host", { op: "connect", host: "", port: 80 }],
    ["a host that is none", { op: "connect", host: "a".repeat(300), port: 80 }],
    ["an object for a host", { op: "resolve", host: {} }],
  ])("a connection to %s is refused", async (_name, command) => {
    world.worker.command(7, command);
    await vi.waitFor(() =>
      expect(world.worker.messages).toEqual([
        [7, expect.objectContaining({ ev: "error", code: "EINVAL" })],
        [7, { ev: "closed" }],
      ]),
    );
    expect(world.sockets).toHaveLength(0);
    expect(world.records).toHaveLength(0);
  });

  test.each<[string, () => unknown]>([
    ["a text", () => "frame"],
    ["an object", () => ({ op: "connect" })],
    ["an empty frame", () => new ArrayBuffer(0)],
    ["a frame of another kind", () => Uint8Array.of(9, 1, 0, 0, 0, 1).buffer],
    ["a control frame that is no JSON", () => Uint8Array.of(0, 1, 0, 0, 0, 1, 2).buffer],
    ["a huge data frame", () => encodeData(1, new Uint8Array(MAX_DATA_BYTES + 1))],
  ])("%s is dropped, and a hundred of them end its network", async (_name, make) => {
    const socket = await world.connected();
    const before = socket.frames.length;
    world.worker.port.postMessage(make());
    world.worker.data(1, "alive");
    await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([1, "alive"]));
    expect(socket.frames).toHaveLength(before + 1);
    for (let i = 0; i < 100; i++) world.worker.port.postMessage(make());
    await vi.waitFor(() => expect(socket.readyState).toBe(WebSocket.CLOSED));
    expect(world.records.at(-1)).toMatchObject({
      state: "failed",
      error: expect.stringContaining("cut off"),
    });
    await vi.waitFor(() => expect(world.worker.messages.at(-1)).toBeNull());
  });

  test("more bytes than the window allows are not passed on", async () => {
    const socket = await world.connected();
    const before = socket.frames.length;
    const piece = new Uint8Array(MAX_DATA_BYTES);
    for (let sent = 0; sent <= CREDIT_WINDOW; sent += piece.length) world.worker.data(1, piece);
    await world.handled(socket);
    expect(socket.frames).toHaveLength(before + CREDIT_WINDOW / piece.length + 1);
    socket.event(1, { ev: "ack", bytes: piece.length });
    world.worker.data(1, piece);
    await vi.waitFor(() => expect(socket.frames).toHaveLength(before + CREDIT_WINDOW / piece.length + 2));
  });

  test("connections beyond the limit are refused, and again possible when some have closed", async () => {
    for (let channel = 1; channel <= 251; channel++) world.worker.command(channel, connect);
    await vi.waitFor(() => expect(world.worker.messages).toHaveLength(2));
    expect(world.worker.messages[0]).toEqual([251, expect.objectContaining({ ev: "error", code: "EMFILE" })]);
    world.worker.command(1, { op: "close" });
    world.worker.command(252, connect);
    world.sockets[0]?.opens();
    await vi.waitFor(() => expect(world.sockets[0]?.sent().at(-1)).toEqual([252, connect]));
  });

  test("a flood ends its network; as many over a longer time do not", async () => {
    const socket = await world.connected();
    for (let i = 0; i < 10_000; i++) world.worker.command(9, { op: "close" });
    await world.handled(socket);
    world.given.clock += 300;
    for (let i = 0; i < 10_000; i++) world.worker.command(9, { op: "close" });
    await world.handled(socket);
    for (let i = 0; i < 3_000; i++) world.worker.command(9, { op: "close" });
    await vi.waitFor(() => expect(socket.readyState).toBe(WebSocket.CLOSED));
  });

  test("connections that it leaves open are closed after the step, those of the next step are not", async () => {
    const socket = await world.connected();
    vi.useFakeTimers();
    try {
      world.tunnel.endStep();
      socket.data(1, "still open for what is on its way");
      vi.advanceTimersByTime(500);
      world.worker.command(2, connect);
      await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([2, connect]));
      vi.advanceTimersByTime(1000);
    } finally {
      vi.useRealTimers();
    }
    expect(socket.sent().slice(1)).toEqual([
      [2, connect],
      [1, { op: "close" }],
    ]);
    await vi.waitFor(() => expect(world.worker.messages.at(-1)).toEqual([1, { ev: "closed" }]));
    const before = socket.frames.length;
    world.worker.data(1, "after its end");
    await world.handled(socket);
    expect(socket.frames).toHaveLength(before + 1);
  });

  test("an endless number of questions is not put to the person", async () => {
    world.ask.mockImplementation(() => new Promise(() => {}));
    for (let channel = 1; channel <= 20; channel++)
      world.worker.command(channel, { ...connect, port: channel });
    await vi.waitFor(() => expect(world.sockets).toHaveLength(1));
    const socket = world.sockets[0] as FakeSocket;
    socket.opens();
    await vi.waitFor(() => expect(socket.frames).toHaveLength(20));
    for (let channel = 1; channel <= 20; channel++) socket.event(channel, { ...question, port: channel });
    await vi.waitFor(() => expect(socket.frames).toHaveLength(24));
    expect(world.ask).toHaveBeenCalledTimes(16);
    expect(socket.sent().at(-1)).toEqual([20, expect.objectContaining({ op: "deny" })]);
  });
});
