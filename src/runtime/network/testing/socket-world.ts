import { expect, vi } from "vitest";
import type {
  ConnectionRecord,
  GuardedSecret,
  HostQuestion,
  NetworkAnswer,
  SecretQuestion,
} from "../../protocol.ts";
import { createConnectionLog } from "../connection-log.ts";
import { createPermissions } from "../permissions.ts";
import { createSecretGuard } from "../secret-guard.ts";
import { createSocketTunnel } from "../socket-tunnel.ts";
import { FakeSocket, FakeWorker, permittedRun } from "./fakes.ts";

/** The gateway's words for a connection that is open. */
export const open = {
  ev: "open",
  remoteAddress: "10.0.0.1",
  remotePort: 80,
  localAddress: "10.0.0.2",
  localPort: 5000,
} as const;
export const question = {
  ev: "ask",
  host: "db.local",
  port: 80,
  address: "10.0.0.1",
  range: "private",
} as const;
export const connect = { op: "connect", host: "db.local", port: 80 } as const;

/** A tunnel between a worker and a gateway, both of which a test plays. */
export function openSocketWorld() {
  const { port1, port2 } = new MessageChannel();
  const sockets: FakeSocket[] = [];
  const records: ConnectionRecord[] = [];
  const ask = vi.fn(async (_question: HostQuestion): Promise<NetworkAnswer> => "allow");
  const worker = new FakeWorker(port2);
  /** What a test sets: the time in milliseconds, the account's secrets of the run, and what is answered about them. */
  const given = {
    clock: 1000,
    secrets: [] as readonly GuardedSecret[],
    askSecret: async (_question: SecretQuestion): Promise<NetworkAnswer> => "allow",
  };
  const tunnel = createSocketTunnel({
    port: port1,
    openSockets: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    now: () => given.clock,
    permissions: createPermissions(permittedRun({ ask: (asked) => ask(asked as HostQuestion) })),
    guard: createSecretGuard({
      secrets: () => given.secrets,
      ask: (asked) => given.askSecret(asked),
    }),
    log: createConnectionLog((record) => records.push(record)),
  });
  let marker = 1000;
  return {
    sockets,
    records,
    ask,
    worker,
    given,
    tunnel,
    /** Everything that the worker has sent so far was handled. */
    async handled(socket: FakeSocket): Promise<void> {
      const last = ++marker;
      worker.command(last, connect);
      await vi.waitFor(() => expect(socket.sent().at(-1)).toEqual([last, connect]));
    },
    async connected(channel = 1): Promise<FakeSocket> {
      worker.command(channel, connect);
      await vi.waitFor(() => expect(sockets[0]).toBeDefined());
      const socket = sockets[0] as FakeSocket;
      if (socket.readyState === WebSocket.CONNECTING) socket.opens();
      await vi.waitFor(() => expect(socket.sent().some(([id]) => id === channel)).toBe(true));
      socket.event(channel, open);
      return socket;
    },
    close() {
      tunnel.close();
      worker.port.close();
    },
  };
}

export type SocketWorld = ReturnType<typeof openSocketWorld>;
