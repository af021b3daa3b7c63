import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import path from "node:path";
import tls from "node:tls";
import { type Certificate, type Certificates, makeCertificates } from "./certificates.ts";

/** Local servers for Python to talk to, the good and the bad, by what they do. */
export interface TestServers {
  readonly ports: Readonly<Record<ServerName, number>>;
  readonly certificates: Certificates;
  close(): void;
}

export type ServerName =
  | "http"
  | "https"
  | "wrongHost"
  | "expired"
  | "selfSigned"
  | "mutual"
  | "echo"
  | "tlsEcho"
  | "tlsReset"
  | "reset"
  | "resetLater"
  | "closes"
  | "silent"
  | "lines"
  | "refused"
  | "full";

function site(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://test");
  let bytes = 0;
  request.on("data", (data: Buffer) => {
    bytes += data.length;
  });
  request.on("end", () => {
    if (pathname === "/hang") return;
    if (pathname === "/redirect") response.writeHead(302, { location: "/small" }).end();
    else if (pathname === "/empty") response.writeHead(204).end();
    else if (pathname === "/big") response.end(Buffer.alloc(Number(searchParams.get("n")), "x"));
    else if (pathname === "/chunks") {
      for (let i = 0; i < 3; i++) response.write(`line ${i}\n`);
      response.end();
    } else
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(
          JSON.stringify({ path: request.url, method: request.method, bytes, host: request.headers.host }),
        );
  });
}

export async function startServers(): Promise<TestServers> {
  const certificates = await makeCertificates();
  const servers: net.Server[] = [];
  const sockets = new Set<net.Socket>();

  async function listen(server: net.Server): Promise<number> {
    servers.push(server);
    server.on("connection", (socket: net.Socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
      socket.on("error", () => undefined);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as net.AddressInfo).port;
  }
  const secure = (certificate: Certificate, options: https.ServerOptions = {}) =>
    https.createServer({ ...certificate, ...options }, site);
  const raw = (serve: (socket: net.Socket) => void) => net.createServer({ allowHalfOpen: true }, serve);

  const { authority, good, wrongHost, expired, selfSigned } = certificates;
  const echo = tls.createServer({ ...good, ALPNProtocols: ["echo/1"] }, (socket) => {
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  const tlsEcho = await listen(echo);
  const full = await startFullBacklog();
  const refused = net.createServer();
  const ports: Record<ServerName, number> = {
    http: await listen(http.createServer(site)),
    https: await listen(secure(good)),
    wrongHost: await listen(secure(wrongHost)),
    expired: await listen(secure(expired)),
    selfSigned: await listen(secure(selfSigned)),
    mutual: await listen(secure(good, { ca: authority.cert, requestCert: true, rejectUnauthorized: true })),
    echo: await listen(raw((socket) => socket.pipe(socket))),
    tlsEcho,
    tlsReset: await listen(resettingProxy(good)),
    reset: await listen(raw((socket) => socket.once("data", () => socket.resetAndDestroy()))),
    resetLater: await listen(
      raw((socket) =>
        socket.once("data", () =>
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\npart", () =>
            setTimeout(() => socket.resetAndDestroy(), 50),
          ),
        ),
      ),
    ),
    closes: await listen(raw((socket) => socket.once("data", () => socket.end()))),
    silent: await listen(raw(() => undefined)),
    // Answers each line with its length: a protocol whose server speaks second.
    lines: await listen(
      raw((socket) => {
        socket.on("data", (data) => socket.write(`${data.length}\n`));
        socket.on("end", () => socket.end("bye\n"));
      }),
    ),
    refused: await listen(refused),
    full: full.port,
  };
  refused.close();

  return {
    ports,
    certificates,
    close() {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
      full.close();
    },
  };
}

/** Speaks TLS, and resets the connection under it when the first plaintext arrives. */
function resettingProxy(certificate: Certificate): net.Server {
  const clients = new Map<number, net.Socket>();
  const inner = tls.createServer({ ...certificate }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => clients.get(socket.remotePort ?? 0)?.resetAndDestroy());
  });
  inner.listen(0, "127.0.0.1");
  inner.unref();
  return net.createServer((client) => {
    const { port } = inner.address() as net.AddressInfo;
    const toInner = net.connect(port, "127.0.0.1", () => clients.set(toInner.localPort ?? 0, client));
    toInner.on("error", () => undefined);
    client.on("close", () => toInner.destroy());
    client.pipe(toInner).pipe(client);
  });
}

async function startFullBacklog(): Promise<{ port: number; close(): void }> {
  const child = spawn("python3", [path.join(import.meta.dirname, "full_backlog.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { port: Number(String(line)), close: () => child.kill() };
}
