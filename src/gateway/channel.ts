import net from "node:net";
import { describeError, NetworkError } from "./errors.ts";
import { Flow } from "./flow.ts";
import type { Limits } from "./limits.ts";
import type { Policy, Route } from "./policy.ts";
import type { PolicyCommand, SocketCommand, SocketEvent, TlsOptions } from "./protocol.ts";
import type { StartTls } from "./tls.ts";

/** What a channel needs from the gateway and from the WebSocket that it lives on. */
export interface ChannelServices {
  readonly policy: Policy;
  readonly startTls: StartTls;
  readonly limits: Limits;
}

export interface ChannelOutlet {
  event(event: SocketEvent): void;
  /** One frame's payload, in pieces. */
  data(pieces: readonly Buffer[]): void;
  congested(): boolean;
  holding(change: number): boolean;
  /** The channel is over. A socket that still has bytes to hand over is given along. */
  ended(lingering: net.Socket | null): void;
}

type State = "new" | "resolving" | "asking" | "connecting" | "open" | "handshaking" | "ended";

/** One TCP connection (or one look-up) of the browser. Every command is answered by an event; `closed` is the last. */
export class Channel {
  readonly #services: ChannelServices;
  readonly #outlet: ChannelOutlet;
  readonly #flow: Flow;
  #state: State = "new";
  #socket: net.Socket | null = null;
  #route: Route | null = null;
  #timeoutMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(services: ChannelServices, outlet: ChannelOutlet) {
    this.#services = services;
    this.#outlet = outlet;
    this.#flow = new Flow({
      data: (pieces) => outlet.data(pieces),
      ack: (bytes) => this.#emit({ ev: "ack", bytes }),
      eof: () => this.#emit({ ev: "eof" }),
      failed: (error) => this.#fail(error),
      closed: () => this.#end(),
      congested: () => outlet.congested(),
      holding: (change) => outlet.holding(change),
    });
  }

  command(command: SocketCommand | PolicyCommand): void {
    try {
      this.#dispatch(command);
    } catch (error) {
      this.#fail(error);
    }
  }

  data(bytes: Buffer): void {
    try {
      this.#expect("open");
      this.#flow.write(bytes);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The WebSocket has room again. */
  resume(): void {
    if (this.#state === "open") this.#flow.resume();
  }

  /** Ends everything at once, without a word: the browser is gone. */
  kill(): void {
    this.#state = "ended";
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #dispatch(command: SocketCommand | PolicyCommand): void {
    switch (command.op) {
      case "resolve":
        this.#expect("new");
        this.#resolve(command.host);
        break;
      case "connect":
        this.#expect("new");
        this.#timeoutMs = Math.min(
          command.timeoutMs ?? Number.POSITIVE_INFINITY,
          this.#services.limits.connectMs,
        );
        this.#judge(command.host, command.port);
        break;
      case "allow":
        this.#expect("asking");
        clearTimeout(this.#timer);
        this.#connect();
        break;
      case "deny":
        this.#expect("asking");
        throw new NetworkError("EACCES", command.message);
      case "starttls":
        this.#expect("open");
        this.#startTls(command);
        break;
      case "ack":
        this.#flow.acknowledged(command.bytes);
        break;
      case "shutdown":
        this.#expect("open");
        this.#flow.shutdown();
        break;
      case "close":
        this.#close();
        break;
    }
  }

  #expect(state: State): void {
    if (this.#state === state) return;
    throw new NetworkError(
      "EPROTO",
      `Not possible while the connection is ${this.#state}; it must be ${state}.`,
    );
  }

  #resolve(host: string): void {
    this.#state = "resolving";
    this.#services.policy.resolve(host).then((address) => {
      this.#emit({ ev: "resolved", address });
      this.#end();
    }, this.#fail);
  }

  #judge(host: string, port: number): void {
    this.#state = "resolving";
    this.#services.policy.judge(host, port).then((judgement) => {
      if (this.#state !== "resolving") return;
      this.#route = judgement.route;
      if (judgement.kind === "go") return this.#connect();
      this.#state = "asking";
      this.#after(
        this.#services.limits.askMs,
        "EACCES",
        `Nobody answered whether ${host}:${port} may be reached.`,
      );
      const { address, range } = judgement;
      this.#emit({ ev: "ask", host, port, address, range });
    }, this.#fail);
  }

  #connect(): void {
    const route = this.#route;
    if (!route) return;
    this.#state = "connecting";
    this.#after(this.#timeoutMs, "ETIMEDOUT", `connect ETIMEDOUT ${route.host}:${route.port}`);
    this.#dial(route.addresses, route.port);
  }

  /** Tries the judged addresses one after the other; the last one's error counts. */
  #dial([address, ...others]: readonly string[], port: number): void {
    if (address === undefined) return;
    const socket = net.connect({ host: address, port, allowHalfOpen: true, noDelay: true });
    this.#socket = socket;
    socket.once("error", (error) => {
      if (this.#state !== "connecting") return;
      if (others.length > 0) this.#dial(others, port);
      else this.#fail(error);
    });
    socket.once("connect", () => {
      if (this.#state !== "connecting") return socket.destroy();
      clearTimeout(this.#timer);
      this.#state = "open";
      this.#emit({
        ev: "open",
        remoteAddress: socket.remoteAddress ?? address,
        remotePort: socket.remotePort ?? port,
        localAddress: socket.localAddress ?? "",
        localPort: socket.localPort ?? 0,
      });
      this.#flow.attach(socket, this.#services.limits.idleMs);
    });
  }

  #startTls(options: TlsOptions): void {
    const { startTls, limits } = this.#services;
    const route = this.#route;
    if (!route) return;
    if (this.#socket && "encrypted" in this.#socket)
      throw new NetworkError("EALREADY", "The connection is already encrypted.");
    const plain = this.#flow.detach();
    if (!plain) return;
    this.#state = "handshaking";
    this.#after(
      Math.min(options.timeoutMs ?? Number.POSITIVE_INFINITY, limits.handshakeMs),
      "ETIMEDOUT",
      `The TLS handshake with ${route.host}:${route.port} timed out.`,
    );
    const { socket, described } = startTls(plain, options, route);
    this.#socket = socket;
    const broken = () =>
      this.#fail(new NetworkError("ECONNRESET", "The connection ended during the handshake."));
    socket.once("error", this.#fail);
    socket.once("close", broken);
    socket.once("secureConnect", () => {
      if (this.#state !== "handshaking") return;
      clearTimeout(this.#timer);
      socket.off("close", broken);
      this.#state = "open";
      this.#emit(described());
      this.#flow.attach(socket, limits.idleMs);
    });
  }

  #close(): void {
    const open = this.#state === "open";
    if (!open) this.#socket?.destroy();
    this.#end(open ? this.#flow.detach() : null);
  }

  #after(ms: number, code: string, message: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail(new NetworkError(code, message)), ms);
  }

  readonly #fail = (error: unknown): void => {
    if (this.#state === "ended") return;
    this.#flow.flush();
    this.#emit({ ev: "error", ...describeError(error) });
    this.#socket?.destroy();
    this.#end();
  };

  #end(lingering: net.Socket | null = null): void {
    if (this.#state === "ended") return;
    clearTimeout(this.#timer);
    this.#flow.flush();
    this.#emit({ ev: "closed" });
    this.#state = "ended";
    this.#outlet.ended(lingering);
  }

  #emit(event: SocketEvent): void {
    if (this.#state !== "ended") this.#outlet.event(event);
  }
}
