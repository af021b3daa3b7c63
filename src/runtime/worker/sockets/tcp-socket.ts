import type { Channel } from "./channel.ts";
import { type Errnos, errnoOf, type Failure } from "./failure.ts";
import type { EmscriptenSocket, SocketStream } from "./pyodide-internals.ts";

const AF_INET = 2;
const SOCK_STREAM = 1;
const O_NONBLOCK = 0o4000;

/** What a file descriptor of a TCP socket stands for: at most one channel, and what Python has set. */
export class TcpSocket implements EmscriptenSocket {
  readonly family = AF_INET;
  readonly type = SOCK_STREAM;
  readonly protocol: number;
  channel: Channel | null = null;
  /** Python's timeout, for the gateway; undefined where it waits forever. */
  timeoutMs: number | undefined;
  /** Python has heard that the connection is made: from then on another connect is an error. */
  connectTold = false;
  readEnded = false;
  writeEnded = false;
  /** Calls of C that are suspended on this socket. */
  waitingCalls = 0;
  /** How often the step was stopped: a call that waited meanwhile ends with EINTR. */
  stops = 0;
  /** Its open file descriptors: one, or more after `dup`. */
  readonly streams: SocketStream[] = [];

  readonly #errnos: Errnos;

  constructor(protocol: number, errnos: Errnos) {
    this.protocol = protocol;
    this.#errnos = errnos;
  }

  /** One of them; Emscripten sends over it. */
  get stream(): SocketStream | null {
    return this.streams[0] ?? null;
  }

  get nonBlocking(): boolean {
    return ((this.stream?.flags ?? 0) & O_NONBLOCK) !== 0;
  }

  get daddr(): string | undefined {
    return this.channel?.opened?.remoteAddress;
  }
  get dport(): number | undefined {
    return this.channel?.opened?.remotePort;
  }
  get saddr(): string | undefined {
    return this.channel?.opened?.localAddress;
  }
  get sport(): number | undefined {
    return this.channel?.opened?.localPort ?? 0;
  }

  /** `SO_ERROR`: told once. */
  get error(): number | null {
    const failure = this.channel?.takeFailure();
    return failure ? this.errno(failure) : null;
  }
  set error(_cleared: number | null) {
    // Emscripten writes null after it has read; reading clears already.
  }

  errno(failure: Failure): number {
    return errnoOf(failure.code, this.#errnos);
  }

  /** Negated errno by name, as system calls answer. */
  failed(name: string): number {
    return -errnoOf(name, this.#errnos);
  }
}

export function setNonBlocking(stream: SocketStream, nonBlocking: boolean): void {
  stream.flags = nonBlocking ? stream.flags | O_NONBLOCK : stream.flags & ~O_NONBLOCK;
}
