import { once } from "node:events";
import net from "node:net";

/** What a server answered to bytes that no client library would send. */
export interface RawResponse {
  /** 0: it answered nothing and closed the connection. */
  readonly status: number;
  readonly text: string;
}

/**
 * Sends a request as it is written here: `headers` go out one by one, `path` uncoded. Waits for the answer's end. An upgrade
 * that is let in is cut off after its status line.
 */
export async function rawRequest(
  port: number,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body?: string;
  },
): Promise<RawResponse> {
  const { method = "GET", path = "/", headers, body = "" } = options;
  const lines = [
    ...headers,
    ["Connection", headers.some(([name]) => name === "Upgrade") ? "Upgrade" : "close"],
  ];
  const socket = net.connect({ host: "127.0.0.1", port });
  const parts: Buffer[] = [];
  socket.on("data", (bytes) => {
    parts.push(bytes);
    if (String(bytes).startsWith("HTTP/1.1 101")) socket.destroy();
  });
  socket.on("error", () => undefined);
  socket.write(
    `${method} ${path} HTTP/1.1\r\n${lines.map((line) => `${line.join(": ")}\r\n`).join("")}\r\n${body}`,
  );
  await once(socket, "close");
  const text = Buffer.concat(parts).toString("latin1");
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text };
}
