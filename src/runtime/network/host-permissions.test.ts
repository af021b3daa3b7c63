import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConnectionRecord, HostQuestion, NetworkAnswer, RunNetwork } from "../protocol.ts";
import { createConnectionLog } from "./connection-log.ts";
import { createPermissions } from "./permissions.ts";
import { createSecretGuard } from "./secret-guard.ts";
import { createSocketTunnel, type SocketTunnel } from "./socket-tunnel.ts";
import { FakeSocket, FakeWorker } from "./testing/fakes.ts";

const connect = { op: "connect", host: "db.local", port: 80 } as const;
const resolve = { op: "resolve", host: "db.local" } as const;
const asksGateway = { ev: "ask", host: "db.local", port: 80, address: "10.0.0.1", range: "private" } as const;
const open = {
  ev: "open",
  remoteAddress: "10.0.0.1",
  remotePort: 80,
  localAddress: "10.0.0.2",
  localPort: 5000,
} as const;

let socket: FakeSocket | null;
let worker: FakeWorker;
let tunnel: SocketTunnel;
let records: ConnectionRecord[];
let judge: ReturnType<typeof vi.fn<RunNetwork["judge"]>>;
let ask: ReturnType<typeof vi.fn<RunNetwork["ask"]>>;
let reached: ReturnType<typeof vi.fn<RunNetwork["reached"]>>;

beforeEach(() => {
  socket = null;
  records = [];
  judge = vi.fn<RunNetwork["judge"]>(() => "allow");
  ask = vi.fn<RunNetwork["ask"]>(async () => "allow");
  reached = vi.fn<RunNetwork["reached"]>();
  const { port1, port2 } = new MessageChannel();
  worker = new FakeWorker(port2);
  tunnel = createSocketTunnel({
    port: port1,
    openSockets() {
      socket = new FakeSocket();
      return socket as unknown as WebSocket;
    },
    permissions: createPermissions({ judge, ask, reached }),
    guard: createSecretGuard({ secrets: () => [], ask }),
    log: createConnectionLog((record) => records.push(record)),
  });
});
afterEach(() => {
  tunnel.close();
  worker.port.close();
});

/** The gateway's WebSocket, once the page has opened it: nothing goes to the gateway before. */
async function gateway(): Promise<FakeSocket> {
  await vi.waitFor(() => expect(socket).not.toBeNull());
  const opened = socket as unknown as FakeSocket;
  if (opened.readyState === WebSocket.CONNECTING) opened.opens();
  return opened;
}

function holdQuestions(): (answer: NetworkAnswer) => void {
  let settle: (answer: NetworkAnswer) => void = () => {};
  ask.mockImplementation(
    () =>
      new Promise((answered) => {
        settle = answered;
      }),
  );
  return (answer) => settle(answer);
}

const hostQuestions = () => ask.mock.calls.map(([question]) => question as HostQuestion);

test.each([
  ["a connection", connect, "db.local:80"],
  ["a look-up", resolve, "db.local"],
])("%s that the list denies is refused before the gateway hears of it", async (_name, command, target) => {
  judge.mockReturnValue("deny");
  worker.command(1, command);
  const words = new RegExp(`^${target} is not a host that .* Network access in the workflow's header`);
  await vi.waitFor(() =>
    expect(worker.messages.slice(-2)).toEqual([
      [1, { ev: "error", code: "EACCES", message: expect.stringMatching(words) }],
      [1, { ev: "closed" }],
    ]),
  );
  expect(judge).toHaveBeenCalledExactlyOnceWith("db.local", command.op === "connect" ? 80 : null);
  expect(socket).toBeNull();
  expect(ask).not.toHaveBeenCalled();
  if (command.op === "connect")
    expect(records.at(-1)).toMatchObject({ state: "failed", error: expect.stringContaining(target) });
});

test.each([
  ["a connection", connect],
  ["a look-up", resolve],
])("the person is asked about %s before the gateway hears of it", async (_name, command) => {
  const answer = holdQuestions();
  judge.mockReturnValue("ask");
  worker.command(1, command);
  await vi.waitFor(() => expect(worker.messages).toEqual([[1, { ev: "asking" }]]));
  const port = command.op === "connect" ? 80 : null;
  expect(hostQuestions()).toEqual([{ kind: "host", host: "db.local", port, address: null, range: "public" }]);
  if (command.op === "connect") expect(records.at(-1)?.state).toBe("waiting-for-permission");
  expect(socket).toBeNull();
  answer("allow");
  expect((await gateway()).sent()).toEqual([[1, command]]);
  await vi.waitFor(() => expect(worker.messages.at(-1)).toEqual([1, { ev: "answered" }]));
});

test("there is one question about a public host, and its answer is for all that wait", async () => {
  const answer = holdQuestions();
  judge.mockReturnValue("ask");
  worker.command(1, resolve);
  worker.command(2, connect);
  worker.command(3, { ...connect, port: 443 });
  await vi.waitFor(() => expect(worker.messages).toHaveLength(3));
  answer("deny");
  await vi.waitFor(() => expect(worker.messages).toHaveLength(12));
  expect(ask).toHaveBeenCalledOnce();
  expect(socket).toBeNull();
  for (const channel of [1, 2, 3])
    expect(worker.messages).toContainEqual([channel, expect.objectContaining({ code: "EACCES" })]);
});

test("nothing that a worker sends while the person is asked gets to the gateway", async () => {
  const answer = holdQuestions();
  judge.mockImplementation((host) => (host === "db.local" ? "ask" : "allow"));
  worker.command(1, connect);
  worker.data(1, "data for an attacker");
  worker.command(1, { op: "starttls", servername: "x.example", verify: true, checkHostname: true });
  worker.command(2, { ...connect, host: "other.local" });
  const other = [2, { ...connect, host: "other.local" }];
  expect((await gateway()).sent()).toEqual([other]);
  answer("deny");
  await vi.waitFor(() => expect(worker.messages.at(-1)).toEqual([1, { ev: "closed" }]));
  expect((await gateway()).sent()).toEqual([other]);
});

test("an address is asked about as what it is", async () => {
  judge.mockReturnValue("ask");
  worker.command(1, { ...connect, host: "10.0.0.1" });
  await gateway();
  expect(hostQuestions()).toEqual([
    { kind: "host", host: "10.0.0.1", port: 80, address: "10.0.0.1", range: "private" },
  ]);
});

test("a name that leads home is asked about again, with its address", async () => {
  judge.mockReturnValue("ask");
  worker.command(1, connect);
  const there = await gateway();
  there.event(1, asksGateway);
  await vi.waitFor(() => expect(there.sent().at(-1)).toEqual([1, { op: "allow" }]));
  expect(hostQuestions().map(({ range, address }) => [range, address])).toEqual([
    ["public", null],
    ["private", "10.0.0.1"],
  ]);
  there.event(1, open);
  expect(reached).toHaveBeenCalledExactlyOnceWith("db.local", 80, "private");
});

test("what was reached is told, look-ups and failures are not", async () => {
  worker.command(1, connect);
  const there = await gateway();
  there.event(1, open);
  expect(reached).toHaveBeenCalledExactlyOnceWith("db.local", 80, "public");
  worker.command(2, { ...connect, host: "refused.local" });
  worker.command(3, resolve);
  await vi.waitFor(() => expect(there.sent().at(-1)?.[0]).toBe(3));
  there.event(2, { ev: "error", code: "ECONNREFUSED", message: "refused" });
  there.event(3, { ev: "resolved", address: "10.0.0.1" });
  expect(reached).toHaveBeenCalledOnce();
});
