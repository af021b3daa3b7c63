import { vi } from "vitest";
import type { FetchRequest, FetchResponse } from "../../../gateway/protocol.ts";
import type {
  ConnectionRecord,
  GuardedSecret,
  HostQuestion,
  NetworkAnswer,
  SecretQuestion,
} from "../../protocol.ts";
import { makeFetch } from "../../worker/fetch-tunnel.ts";
import { createConnectionLog } from "../connection-log.ts";
import { createFetchTunnel } from "../fetch-tunnel.ts";
import type { FetchedThrough, GatewayClient } from "../gateway-client.ts";
import { createPermissions } from "../permissions.ts";
import { createSecretGuard } from "../secret-guard.ts";
import { permittedRun } from "./fakes.ts";

type Answer = (
  request: FetchRequest,
  body: ArrayBuffer | null,
  signal: AbortSignal,
) => Promise<FetchedThrough>;

/** A tunnel between a worker's `fetch` and a gateway that a test plays. */
export function openFetchWorld() {
  const channel = new MessageChannel();
  const answer = vi.fn<Answer>();
  const packages = vi.fn<GatewayClient["packages"]>();
  const askSecret = vi.fn(async (_question: SecretQuestion): Promise<NetworkAnswer> => "allow");
  const ask = vi.fn(async (_question: HostQuestion): Promise<NetworkAnswer> => "allow");
  const records: ConnectionRecord[] = [];
  /** What a test sets: the account's secrets of the run, and what the worker has itself. */
  const given = { secrets: [] as readonly GuardedSecret[], local: undefined as Response | undefined };
  const tunnel = createFetchTunnel({
    port: channel.port1,
    client: {
      origin: "http://localhost:4173",
      fetchThrough: answer,
      signOut: () => Promise.reject(new Error("not here")),
      packages,
      openHooks: () => {
        throw new Error("No hooks here.");
      },
      openSockets: () => {
        throw new Error("no sockets here");
      },
    },
    permissions: createPermissions(permittedRun({ ask: (asked) => ask(asked as HostQuestion) })),
    guard: createSecretGuard({ secrets: () => given.secrets, ask: (asked) => askSecret(asked) }),
    log: createConnectionLog((record) => records.push(record)),
  });
  return {
    channel,
    answer,
    packages,
    askSecret,
    ask,
    records,
    tunnel,
    given,
    /** The worker's `fetch`. */
    fetch: makeFetch(channel.port2, () => given.local),
    close() {
      tunnel.close();
      channel.port2.close();
    },
  };
}

export type FetchWorld = ReturnType<typeof openFetchWorld>;

/** A response's head as the gateway gives it. */
export const head = (
  status: number,
  more: Partial<Extract<FetchResponse, { kind: "response" }>> = {},
): FetchResponse => ({
  kind: "response",
  status,
  statusText: "",
  url: "http://api.example/final",
  redirected: false,
  headers: [["content-type", "text/plain"]],
  ...more,
});

export const streamOf = (...texts: string[]) => new Blob(texts).stream();
