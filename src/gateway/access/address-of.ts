import type http from "node:http";

/** The address that a request comes from. `proxied`: all connections come from a proxy, and the address that it names counts. */
export function addressOf({ headers, socket }: http.IncomingMessage, proxied: boolean): string {
  // The last one is what our own proxy has seen; those before it are whatever the client wrote.
  const forwarded = proxied
    ? String(headers["x-forwarded-for"] ?? "")
        .split(",")
        .at(-1)
        ?.trim()
    : "";
  return forwarded || (socket.remoteAddress ?? "unknown");
}
