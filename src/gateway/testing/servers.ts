import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import tls from "node:tls";

/** A server on loopback for the length of a test. */
export interface LocalServer<Server extends net.Server = net.Server> {
  readonly port: number;
  readonly server: Server;
  /** Connections that are open now. */
  readonly connections: ReadonlySet<net.Socket>;
  close(): Promise<void>;
}

const open = new Set<LocalServer>();

async function listen<Server extends net.Server>(server: Server, port = 0): Promise<LocalServer<Server>> {
  const connections = new Set<net.Socket>();
  server.on("connection", (socket: net.Socket) => {
    connections.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => connections.delete(socket));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const local: LocalServer<Server> = {
    port: (server.address() as net.AddressInfo).port,
    server,
    connections,
    async close() {
      for (const socket of connections) socket.destroy();
      const closed = once(server, "close");
      server.close();
      await closed;
      open.delete(local);
    },
  };
  open.add(local);
  return local;
}

export function tcpServer(onSocket: (socket: net.Socket) => void): Promise<LocalServer> {
  return listen(net.createServer({ allowHalfOpen: true }, onSocket));
}

export function tlsServer(options: tls.TlsOptions, onSocket: (socket: tls.TLSSocket) => void) {
  const server = tls.createServer(options, (socket) => {
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  server.on("tlsClientError", () => undefined);
  return listen(server);
}

export function httpServer(handler: http.RequestListener): Promise<LocalServer<http.Server>> {
  return listen(http.createServer(handler));
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await tcpServer(() => undefined);
  await server.close();
  return server.port;
}

/** Ends every server that the tests of this file have started. */
export async function closeServers(): Promise<void> {
  await Promise.all([...open].map((server) => server.close()));
}

/** Resolves as soon as the condition holds; looked at whenever the event loop comes by. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
