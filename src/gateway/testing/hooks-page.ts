import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import {
  HOOKS_PATH,
  HOOKS_SOCKET_PATH,
  type HookResponse,
  type HooksCommand,
  type HooksEvent,
} from "../hooks-protocol.ts";
import { SUBPROTOCOL } from "../protocol.ts";
import type { TestGateway } from "./page.ts";

type RequestEvent = Extract<HooksEvent, { ev: "request" }>;

export function newHookToken(): string {
  return randomBytes(32).toString("base64url");
}

/** An answer as pages send it. */
export function answerOf(status: number, body: string, headers: HookResponse["headers"] = []): HookResponse {
  return { status, headers, body: Buffer.from(body).toString("base64") };
}

/** One page's end of the WebSocket for hooks. */
export class HooksPage {
  readonly socket: WebSocket;
  readonly #events: HooksEvent[] = [];
  #wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (message: Buffer) => {
      this.#events.push(JSON.parse(message.toString()));
      this.#wake();
    });
    socket.on("error", () => undefined);
  }

  static async open(gateway: Pick<TestGateway, "origin" | "token">): Promise<HooksPage> {
    const { origin, token } = gateway;
    const url = origin.replace("http", "ws") + HOOKS_SOCKET_PATH;
    const socket = new WebSocket(url, [SUBPROTOCOL, `token.${token}`], { origin });
    const page = new HooksPage(socket);
    await once(socket, "open");
    return page;
  }

  send(command: HooksCommand): void {
    this.socket.send(JSON.stringify(command));
  }

  /** Listens, and waits until the gateway does. */
  async listen(token: string): Promise<void> {
    this.send({ op: "listen", token });
    await this.next("listening");
  }

  /** The next event of this kind; others stay. */
  async next<Kind extends HooksEvent["ev"]>(kind: Kind): Promise<Extract<HooksEvent, { ev: Kind }>> {
    for (;;) {
      const index = this.#events.findIndex(({ ev }) => ev === kind);
      const [event] = index < 0 ? [] : this.#events.splice(index, 1);
      if (event) return event as Extract<HooksEvent, { ev: Kind }>;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next request, which is taken at once. */
  async take(): Promise<RequestEvent> {
    const request = await this.next("request");
    this.send({ op: "taken", id: request.id });
    return request;
  }

  /** How many events came that nobody has asked for. */
  get unread(): number {
    return this.#events.length;
  }

  async close(): Promise<void> {
    const closed = once(this.socket, "close");
    this.socket.close();
    await closed;
  }
}

/** Address of a hook at a gateway. */
export function hookAddress(gateway: Pick<TestGateway, "origin">, token: string, below = ""): string {
  return `${gateway.origin}${HOOKS_PATH}${token}${below}`;
}
