import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { WebSocket } from "ws";
import {
  FETCH_PATH,
  FETCH_REQUEST_HEADER,
  FETCH_RESPONSE_HEADER,
  type FetchRequest,
  type FetchResponse,
  FrameKind,
  type PolicyCommand,
  SOCKETS_PATH,
  type SocketCommand,
  type SocketEvent,
  SUBPROTOCOL,
  TOKEN_HEADER,
} from "../protocol.ts";
import { type Gateway, type GatewayOptions, startGateway } from "../server.ts";

/** A gateway with a small app of its own, and what its page knows. */
export interface TestGateway extends Gateway {
  readonly origin: string;
  readonly token: string;
  readonly appDir: string;
  readonly runtimeDir: string;
  /** A request of the page, with its token. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** A request to the fetch route: its answer's head, and its body. */
  fetch(
    request: Partial<FetchRequest> & { readonly url: string },
    body?: string | Buffer,
  ): Promise<TestFetch>;
  /** A WebSocket of the page. */
  sockets(): Promise<PageSockets>;
}

interface TestFetch {
  readonly head: FetchResponse;
  readonly response: Response;
}

export async function startTestGateway(options: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const { appDir, runtimeDir } = { ...(await temporaryApp()), ...options };
  const gateway = await startGateway({ port: 0, ...options, appDir, runtimeDir });
  const origin = gateway.url.replace(/\/$/, "");
  const html = await (await fetch(gateway.url)).text();
  const token = /name="runnel-token" content="([^"]+)"/.exec(html)?.[1] ?? "";
  const api = (route: string, init: RequestInit = {}) =>
    fetch(origin + route, { ...init, headers: { [TOKEN_HEADER]: token, ...init.headers } });
  return {
    ...gateway,
    origin,
    token,
    appDir,
    runtimeDir,
    api,
    async fetch(given, body) {
      const request: FetchRequest = { method: "GET", headers: [], redirect: "follow", allowed: [], ...given };
      const header = encodeURIComponent(JSON.stringify(request));
      const response = await api(FETCH_PATH, {
        method: "POST",
        headers: { [FETCH_REQUEST_HEADER]: header },
        ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body as string)) }),
      });
      const head = decodeURIComponent(response.headers.get(FETCH_RESPONSE_HEADER) ?? "null");
      return { head: JSON.parse(head) as FetchResponse, response };
    },
    async sockets() {
      const socket = new WebSocket(
        origin.replace("http", "ws") + SOCKETS_PATH,
        [SUBPROTOCOL, `token.${token}`],
        {
          origin,
        },
      );
      await once(socket, "open");
      return new PageSockets(socket);
    },
  };
}

/** Folders with a small app in them. */
export async function temporaryApp(): Promise<{ readonly appDir: string; readonly runtimeDir: string }> {
  const [appDir, runtimeDir] = [await temporaryFolder(), await temporaryFolder()];
  const metas = [
    ["runnel-token", "__RUNNEL_TOKEN__"],
    ["runnel-signed-in", "__RUNNEL_SIGNED_IN__"],
  ].map(([name, content]) => `<meta name="${name}" content="${content}">`);
  await writeFile(path.join(appDir, "index.html"), `<!doctype html>${metas.join("")}<title>Test app</title>`);
  return { appDir, runtimeDir };
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), "runnel-gateway-"));
}

/** The page's end of one WebSocket. */
export class PageSockets {
  readonly socket: WebSocket;
  #next = 1;
  readonly #channels = new Map<number, PageChannel>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (message: Buffer) => {
      const channel = this.#channels.get(message.readUInt32LE(1));
      if (message.readUInt8(0) === FrameKind.data) channel?.received(message.subarray(5));
      else channel?.happened(JSON.parse(message.subarray(5).toString()));
    });
    socket.on("close", () => {
      for (const channel of this.#channels.values()) channel.lost();
    });
    socket.on("error", () => undefined);
  }

  channel(): PageChannel {
    const id = this.#next++;
    const channel = new PageChannel((kind, payload) => this.frame(kind, id, payload));
    this.#channels.set(id, channel);
    return channel;
  }

  /** A new channel that has just been told to connect. */
  connect(host: string, port: number, timeoutMs?: number): PageChannel {
    const channel = this.channel();
    channel.send({ op: "connect", host, port, ...(timeoutMs ? { timeoutMs } : {}) });
    return channel;
  }

  /** Connects, allows what is asked, and waits until it is open. */
  async open(host: string, port: number): Promise<PageChannel> {
    const channel = this.connect(host, port);
    const event = await channel.next();
    if (event.ev === "ask") {
      channel.send({ op: "allow" });
      await channel.expect("open");
    } else if (event.ev !== "open") throw new Error(`Not open: ${JSON.stringify(event)}`);
    return channel;
  }

  frame(kind: number, id: number, payload: Uint8Array | string): void {
    const body = Buffer.from(payload as string);
    const frame = Buffer.alloc(5 + body.length);
    frame.writeUInt8(kind, 0);
    frame.writeUInt32LE(id, 1);
    frame.set(body, 5);
    this.socket.send(frame);
  }

  close(): void {
    this.socket.terminate();
  }
}

/** One channel as the page sees it. Acknowledges what it receives unless told not to. */
export class PageChannel {
  acknowledges = true;
  bytesReceived = 0;
  readonly #frame: (kind: number, payload: Uint8Array | string) => void;
  readonly #chunks: Buffer[] = [];
  readonly #events: SocketEvent[] = [];
  #acknowledged = 0;
  #lost = false;
  #wake: () => void = () => undefined;

  constructor(frame: (kind: number, payload: Uint8Array | string) => void) {
    this.#frame = frame;
  }

  send(command: SocketCommand | PolicyCommand): void {
    this.#frame(FrameKind.control, JSON.stringify(command));
  }

  /** A control frame with any text in it. */
  raw(text: string): void {
    this.#frame(FrameKind.control, text);
  }

  write(bytes: Uint8Array | string): void {
    this.#frame(FrameKind.data, bytes);
  }

  received(bytes: Buffer): void {
    this.bytesReceived += bytes.length;
    this.#chunks.push(Buffer.from(bytes));
    if (this.acknowledges) this.send({ op: "ack", bytes: bytes.length });
    this.#wake();
  }

  happened(event: SocketEvent): void {
    if (event.ev === "ack") this.#acknowledged += event.bytes;
    else this.#events.push(event);
    this.#wake();
  }

  lost(): void {
    this.#lost = true;
    this.#wake();
  }

  /** The next event that is not an acknowledgement. */
  async next(): Promise<SocketEvent> {
    await this.#until(() => this.#events.length > 0);
    const event = this.#events.shift();
    if (!event) throw new Error("The WebSocket closed.");
    return event;
  }

  /** The next event, which must be of this kind. */
  async expect<Kind extends SocketEvent["ev"]>(kind: Kind): Promise<Extract<SocketEvent, { ev: Kind }>> {
    const event = await this.next();
    if (event.ev !== kind) throw new Error(`Expected ${kind}, got ${JSON.stringify(event)}`);
    return event as Extract<SocketEvent, { ev: Kind }>;
  }

  /** Bytes received so far and not taken yet, once there are at least `count`. */
  async bytes(count: number): Promise<Buffer> {
    await this.#until(() => this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0) >= count);
    return Buffer.concat(this.#chunks.splice(0));
  }

  /** Waits until the gateway has acknowledged this many bytes in all. */
  async acknowledged(count: number): Promise<void> {
    await this.#until(() => this.#acknowledged >= count);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition() && !this.#lost) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
