import type { ConnectionRecord, RunNetwork } from "../protocol.ts";
import { createConnectionLog } from "./connection-log.ts";
import { createFetchTunnel } from "./fetch-tunnel.ts";
import type { GatewayClient } from "./gateway-client.ts";
import { createPermissions } from "./permissions.ts";
import { createSecretGuard } from "./secret-guard.ts";
import { createSocketTunnel } from "./socket-tunnel.ts";

export interface WorkerNetworkDeps {
  readonly client: GatewayClient;
  /** A connection of the step that runs now has changed. Secrets are not replaced in it. */
  readonly onConnection: (record: ConnectionRecord) => void;
  /** What the run that goes on may do; each target is asked about once at a time. */
  readonly permitted: RunNetwork;
}

/** All network of one worker. */
export interface WorkerNetwork {
  /** For `installSockets` in the worker. */
  readonly socketPort: MessagePort;
  /** For `makeFetch` in the worker. */
  readonly fetchPort: MessagePort;
  /** A step begins: connections from before are not reported any more. */
  beginStep(): void;
  /** The step's Python is done: resolves when the person has answered about everything that it still wants to send. */
  settled(): Promise<void>;
  /** The step is over: what is still open is reported as closed, at once, and soon is; requests of `fetch` are given up. */
  endStep(): void;
  /** Sends the worker a frame that is none of a connection: it comes through where the worker blocks, too. */
  tellWorker(frame: ArrayBuffer): void;
  /** Ends every connection of the worker, for good. */
  close(): void;
}

export function createWorkerNetwork(deps: WorkerNetworkDeps): WorkerNetwork {
  const { client, onConnection } = deps;
  const log = createConnectionLog(onConnection);
  const permissions = createPermissions(deps.permitted);
  const sockets = new MessageChannel();
  const fetches = new MessageChannel();
  const guard = createSecretGuard({
    secrets: () => deps.permitted.secrets,
    ask: (question) => deps.permitted.ask(question),
  });
  const { openSockets } = client;
  const socketTunnel = createSocketTunnel({ port: sockets.port1, openSockets, permissions, guard, log });
  const fetchTunnel = createFetchTunnel({ port: fetches.port1, client, permissions, guard, log });
  return {
    socketPort: sockets.port2,
    fetchPort: fetches.port2,
    beginStep() {
      log.beginStep();
      socketTunnel.warmUp();
    },
    settled: socketTunnel.settled,
    endStep() {
      log.endStep();
      socketTunnel.endStep();
      fetchTunnel.abortAll();
    },
    tellWorker: (frame) => sockets.port1.postMessage(frame, [frame]),
    close() {
      socketTunnel.close();
      fetchTunnel.close();
    },
  };
}
