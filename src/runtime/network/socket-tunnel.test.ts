import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CREDIT_WINDOW } from "../../gateway/protocol.ts";
import type {
  ConnectionRecord,
  GuardedSecret,
  HostQuestion,
  NetworkAnswer,
  SecretQuestion,
} from "../protocol.ts";
import { createConnectionLog } from "./connection-log.ts";
import { encodeData, MAX_DATA_BYTES } from "./frames.ts";
import { createPermissions } from "./permissions.ts";
import { createSecretGuard } from "./secret-guard.ts";
import { createSocketTunnel, type SocketTunnel } from "./socket-tunnel.ts";
import { FakeSocket, FakeWorker, permittedRun } from "./testing/fakes.ts";

const open = {
  ev: "open",
  remoteAddress: "10.0.0.1",
  remotePort: 80,
  localAddress: "10.0.0.2",
  localPort: 5000,
} as const;
const question = { ev: "ask", host: "db.local", port: 80, address: "10.0.0.1", range: "private" } as const;
const connect = { op: "connect", host: "db.local", port: 80 } as const;

let sockets: FakeSocket[];
let worker: FakeWorker;
let tunnel: SocketTunnel;
let records: ConnectionRecord[];
let clock: number;
let secrets: readonly GuardedSecret[];
let askSecret: (question: SecretQuestion) => Promise<NetworkAnswer>;
let ask: ReturnType<typeof vi.fn<(question: HostQuestion) => Promise<NetworkAnswer>>>;

beforeEach(() => {
  sockets = [];
  records = [];
  clock = 1000;
  secrets = [];
  askSecret = async () => "allow";
  ask = vi.fn(async () => "allow" as const);
  const { port1, port2 } = new MessageChannel();
  worker = new FakeWorker(port2);
  tunnel = createSocketTunnel({
    port: port1,
    openSockets: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    now: () => clock,
    permissions: createPermissions(permittedRun({ ask: (asked) => ask(asked as HostQuestion) })),
    guard: createSecretGuard({ secrets: () => secrets, ask: (asked) => askSecret(asked) }),
    log: createConnectionLog((record) => records.push(record)),
  });
});
afterEach(() => {
  tunnel.close();
  worker.port.close();
});

let marker = 1000;

/** Everything that the worker has sent so far was handled. */
async function handled(socket: FakeSocket): Promise<void> {
  marker += 1;
  const last = marker;
  worker.command(last, connect);
  await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([last, connect]));
}

async function connected(channel = 1): Promise<FakeSocket> {
  worker.command(channel, connect);
  await vi.waitFor(() => expect(sockets[0]).toBeDefined());
  const socket = sockets[0] as FakeSocket;
  if (socket.readyState === WebSocket.CONNECTING) socket.opens();
  await vi.waitFor(() => expect(socket.sent().some(([id]) => id === channel)).toBe(true));
  socket.event(channel, open);
  return socket;
}

describe("frames", () => {
  test("go both ways; what came before the WebSocket was open waits for it", async () => {
    worker.command(1, connect);
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    expect(sockets[0]?.frames).toHaveLength(0);
    sockets[0]?.opens();
    expect(sockets[0]?.sent()).toEqual([[1, connect]]);
    sockets[0]?.event(1, open);
    sockets[0]?.data(1, "hello");
    await vi.waitFor(() =>
      expect(worker.messages).toEqual([
        [1, open],
        [1, "hello"],
      ]),
    );
    worker.data(1, "bye");
    await vi.waitFor(() => expect(sockets[0]?.sent().at(-1)).toEqual([1, "bye"]));
  });

  test("nothing but a command's own fields is passed on", async () => {
    worker.command(1, { ...connect, allowed: true, timeoutMs: 5 });
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    sockets[0]?.opens();
    expect(sockets[0]?.sent()).toEqual([[1, { ...connect, timeoutMs: 5 }]]);
  });

  test("the next run gets a new WebSocket when the gateway was lost", async () => {
    const socket = await connected();
    socket.close();
    await vi.waitFor(() => expect(worker.messages.at(-1)).toBeNull());
    expect(records.at(-1)).toMatchObject({ state: "failed", error: expect.stringContaining("gateway") });
    worker.data(1, "to the lost connection");
    worker.command(2, connect);
    await vi.waitFor(() => expect(sockets).toHaveLength(2));
    sockets[1]?.opens();
    expect(sockets[1]?.sent()).toEqual([[2, connect]]);
  });

  test("closing ends the WebSocket and with it every connection", async () => {
    const socket = await connected();
    tunnel.close();
    expect(socket.readyState).toBe(WebSocket.CLOSED);
    expect(records.at(-1)?.state).toBe("closed");
  });
});

describe("permission", () => {
  test("is asked once for all connections to one target, and the worker hears of it", async () => {
    let answer: (answer: NetworkAnswer) => void = () => {};
    ask.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    worker.command(1, connect);
    worker.command(2, connect);
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    const socket = sockets[0] as FakeSocket;
    socket.opens();
    await vi.waitFor(() => expect(socket.sent()).toHaveLength(2));
    socket.event(1, question);
    socket.event(2, question);
    expect(ask).toHaveBeenCalledExactlyOnceWith({
      kind: "host",
      host: "db.local",
      port: 80,
      address: "10.0.0.1",
      range: "private",
    });
    expect(records.at(-1)?.state).toBe("waiting-for-permission");
    answer("allow");
    await vi.waitFor(() =>
      expect(socket.sent().slice(2)).toEqual([
        [1, { op: "allow" }],
        [2, { op: "allow" }],
      ]),
    );
    await vi.waitFor(() =>
      expect(worker.messages).toEqual([
        [1, question],
        [2, question],
        [1, { ev: "answered" }],
        [2, { ev: "answered" }],
      ]),
    );
  });

  test("a no names the target and says what to do", async () => {
    ask.mockResolvedValue("deny");
    worker.command(1, connect);
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    sockets[0]?.opens();
    sockets[0]?.event(1, question);
    await vi.waitFor(() =>
      expect(sockets[0]?.sent().at(-1)).toEqual([
        1,
        { op: "deny", message: expect.stringMatching(/db\.local:80.*Network access/) },
      ]),
    );
  });

  test("an answer for a connection that was closed meanwhile is not sent", async () => {
    let answer: (answer: NetworkAnswer) => void = () => {};
    ask.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    worker.command(1, connect);
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    const socket = sockets[0] as FakeSocket;
    socket.opens();
    socket.event(1, question);
    worker.command(1, { op: "close" });
    await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([1, { op: "close" }]));
    answer("allow");
    await handled(socket);
    expect(socket.sent().at(-2)).toEqual([1, { op: "close" }]);
  });
});

describe("a hostile worker", () => {
  test.each([
    ["allow", { op: "allow" }],
    ["deny", { op: "deny", message: "" }],
    ["an unknown command", { op: "listen", port: 80 }],
    ["TLS without a name", { op: "starttls" }],
    ["an acknowledgement of what was never sent", { op: "ack", bytes: 10 }],
    ["a second connect", connect],
  ])("%s is dropped", async (_name, command) => {
    const socket = await connected();
    const before = socket.frames.length;
    worker.command(1, command);
    worker.data(1, "still alive");
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
    worker.command(7, command);
    await vi.waitFor(() =>
      expect(worker.messages).toEqual([
        [7, expect.objectContaining({ ev: "error", code: "EINVAL" })],
        [7, { ev: "closed" }],
      ]),
    );
    expect(sockets).toHaveLength(0);
    expect(records).toHaveLength(0);
  });

  test.each<[string, () => unknown]>([
    ["a text", () => "frame"],
    ["an object", () => ({ op: "connect" })],
    ["an empty frame", () => new ArrayBuffer(0)],
    ["a frame of another kind", () => Uint8Array.of(9, 1, 0, 0, 0, 1).buffer],
    ["a control frame that is no JSON", () => Uint8Array.of(0, 1, 0, 0, 0, 1, 2).buffer],
    ["a huge data frame", () => encodeData(1, new Uint8Array(MAX_DATA_BYTES + 1))],
  ])("%s is dropped, and a hundred of them end its network", async (_name, make) => {
    const socket = await connected();
    const before = socket.frames.length;
    worker.port.postMessage(make());
    worker.data(1, "alive");
    await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([1, "alive"]));
    expect(socket.frames).toHaveLength(before + 1);
    for (let i = 0; i < 100; i++) worker.port.postMessage(make());
    await vi.waitFor(() => expect(socket.readyState).toBe(WebSocket.CLOSED));
    expect(records.at(-1)).toMatchObject({ state: "failed", error: expect.stringContaining("cut off") });
    await vi.waitFor(() => expect(worker.messages.at(-1)).toBeNull());
  });

  test("more bytes than the window allows are not passed on", async () => {
    const socket = await connected();
    const before = socket.frames.length;
    const piece = new Uint8Array(MAX_DATA_BYTES);
    for (let sent = 0; sent <= CREDIT_WINDOW; sent += piece.length) worker.data(1, piece);
    await handled(socket);
    expect(socket.frames).toHaveLength(before + CREDIT_WINDOW / piece.length + 1);
    socket.event(1, { ev: "ack", bytes: piece.length });
    worker.data(1, piece);
    await vi.waitFor(() => expect(socket.frames).toHaveLength(before + CREDIT_WINDOW / piece.length + 2));
  });

  test("connections beyond the limit are refused, and again possible when some have closed", async () => {
    for (let channel = 1; channel <= 251; channel++) worker.command(channel, connect);
    await vi.waitFor(() => expect(worker.messages).toHaveLength(2));
    expect(worker.messages[0]).toEqual([251, expect.objectContaining({ ev: "error", code: "EMFILE" })]);
    worker.command(1, { op: "close" });
    worker.command(252, connect);
    sockets[0]?.opens();
    await vi.waitFor(() => expect(sockets[0]?.sent().at(-1)).toEqual([252, connect]));
  });

  test("a flood ends its network; as many over a longer time do not", async () => {
    const socket = await connected();
    for (let i = 0; i < 10_000; i++) worker.command(9, { op: "close" });
    await handled(socket);
    clock += 300;
    for (let i = 0; i < 10_000; i++) worker.command(9, { op: "close" });
    await handled(socket);
    for (let i = 0; i < 3_000; i++) worker.command(9, { op: "close" });
    await vi.waitFor(() => expect(socket.readyState).toBe(WebSocket.CLOSED));
  });

  test("connections that it leaves open are closed after the step, those of the next step are not", async () => {
    const socket = await connected();
    vi.useFakeTimers();
    try {
      tunnel.endStep();
      socket.data(1, "still open for what is on its way");
      vi.advanceTimersByTime(500);
      worker.command(2, connect);
      await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([2, connect]));
      vi.advanceTimersByTime(1000);
    } finally {
      vi.useRealTimers();
    }
    expect(socket.sent().slice(1)).toEqual([
      [2, connect],
      [1, { op: "close" }],
    ]);
    await vi.waitFor(() => expect(worker.messages.at(-1)).toEqual([1, { ev: "closed" }]));
    const before = socket.frames.length;
    worker.data(1, "after its end");
    await handled(socket);
    expect(socket.frames).toHaveLength(before + 1);
  });

  test("an endless number of questions is not put to the person", async () => {
    ask.mockImplementation(() => new Promise(() => {}));
    for (let channel = 1; channel <= 20; channel++) worker.command(channel, { ...connect, port: channel });
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    const socket = sockets[0] as FakeSocket;
    socket.opens();
    await vi.waitFor(() => expect(socket.frames).toHaveLength(20));
    for (let channel = 1; channel <= 20; channel++) socket.event(channel, { ...question, port: channel });
    await vi.waitFor(() => expect(socket.frames).toHaveLength(24));
    expect(ask).toHaveBeenCalledTimes(16);
    expect(socket.sent().at(-1)).toEqual([20, expect.objectContaining({ op: "deny" })]);
  });
});

describe("records", () => {
  test("tell the bytes, the exchange and the end", async () => {
    const socket = await connected();
    worker.data(1, "GET /x HTTP/1.1\r\n\r\n");
    await vi.waitFor(() => expect(socket.sent().at(-1)?.[1]).toContain("GET /x"));
    socket.data(1, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    socket.event(1, { ev: "closed" });
    expect(records.at(-1)).toMatchObject({
      host: "db.local",
      port: 80,
      tls: false,
      state: "closed",
      bytesOut: 19,
      bytesIn: 40,
      exchanges: [{ method: "GET", path: "/x", status: 200 }],
      error: null,
    });
    expect(records.at(-1)?.durationMs).not.toBeNull();
  });

  test("HTTP is seen inside TLS, not across its beginning", async () => {
    const socket = await connected();
    worker.data(1, "STARTTLS\r\n");
    worker.command(1, { op: "starttls", servername: "db.local", verify: false, checkHostname: false });
    await vi.waitFor(() => expect(socket.sent().at(-1)?.[1]).toMatchObject({ op: "starttls" }));
    socket.event(1, { ev: "tls", version: "TLSv1.3", cipher: { name: "A", version: "TLSv1.3" }, alpn: null });
    worker.data(1, "GET /in HTTP/1.1\r\n\r\n");
    worker.command(1, { op: "close" });
    await vi.waitFor(() => expect(records.at(-1)?.state).toBe("closed"));
    expect(records.at(-1)).toMatchObject({ tls: true, verified: false, exchanges: [{ path: "/in" }] });
  });

  test("a look-up is no connection", async () => {
    worker.command(1, { op: "resolve", host: "a.example" });
    await vi.waitFor(() => expect(sockets).toHaveLength(1));
    sockets[0]?.opens();
    expect(sockets[0]?.sent()).toEqual([[1, { op: "resolve", host: "a.example" }]]);
    expect(records).toHaveLength(0);
  });
});
