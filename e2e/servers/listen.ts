import type { AddressInfo, Server, Socket } from "node:net";

/** A local server of a test. */
export interface Listening {
  readonly port: number;
  /** Ends its connections and stops listening. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1; `close` doesn't wait for connections that hang on purpose. */
export async function listen(server: Server): Promise<Listening> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    // Clients that are stopped reset their connections; that is no error of the server.
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
