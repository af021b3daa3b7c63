import http from "node:http";
import https from "node:https";
import { WebSocketServer } from "ws";
import type { Certificate } from "../certificates.ts";
import { type Listening, listen } from "../listen.ts";

/** Echoes every message of a WebSocket; `bye` ends the connection with code 4001. */
export async function startWebSocketEcho(
  certificate?: Certificate,
): Promise<Listening & { readonly url: string }> {
  const server = certificate ? https.createServer(certificate) : http.createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    socket.on("error", () => undefined);
    socket.on("message", (data, isBinary) => {
      if (String(data) === "bye") socket.close(4001, "as you asked");
      else socket.send(data, { binary: isBinary });
    });
  });
  const listening = await listen(server);
  return { ...listening, url: `${certificate ? "wss" : "ws"}://127.0.0.1:${listening.port}` };
}
