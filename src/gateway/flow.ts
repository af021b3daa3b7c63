import type { Socket } from "node:net";
import { NetworkError } from "./errors.ts";
import { CREDIT_WINDOW } from "./protocol.ts";

/** Where a flow's events go. */
export interface FlowSink {
  /** One frame's payload, in pieces. */
  readonly data: (pieces: readonly Buffer[]) => void;
  /** The browser may send this many bytes more. */
  readonly ack: (bytes: number) => void;
  readonly eof: () => void;
  readonly failed: (error: Error) => void;
  readonly closed: () => void;
  /** So many bytes more (or less) wait for this flow's server; false where all flows together hold too many. */
  readonly holding: (change: number) => boolean;
  /** True while the WebSocket has more to send than it should. */
  readonly congested: () => boolean;
}

/** Written bytes are acknowledged in lots of this size, not one by one. */
const ackLot = CREDIT_WINDOW / 16;
/** What is read in one go is sent in frames of up to about this size: each costs the browser several messages between processes. */
const frameBytes = 256 * 1024;

/** The bytes of one channel in both directions, each under its credit window. Survives the change from TCP to TLS. */
export class Flow {
  readonly #sink: FlowSink;
  #socket: Socket | null = null;
  #release: () => void = () => undefined;
  /** Sent to the browser and not acknowledged by it. */
  #unacknowledged = 0;
  /** Taken from the browser and not yet written. */
  #unwritten = 0;
  #toAcknowledge = 0;
  #shutdown = false;
  /** Received, and sent on once all that is there has been read. */
  #gathered: Buffer[] = [];
  #gatheredBytes = 0;
  #flushing: NodeJS.Immediate | undefined;

  constructor(sink: FlowSink) {
    this.#sink = sink;
  }

  /** Starts to pass the socket's bytes on; `idleMs` without any ends it with `ETIMEDOUT`. */
  attach(socket: Socket, idleMs: number): void {
    this.#socket = socket;
    const data = (bytes: Buffer) => this.#received(bytes);
    const eof = () => {
      this.flush();
      this.#sink.eof();
    };
    const { failed, closed } = this.#sink;
    const timeout = () => failed(new NetworkError("ETIMEDOUT", "The connection was idle for too long."));
    socket.on("data", data).on("end", eof).on("error", failed).on("close", closed).on("timeout", timeout);
    this.#release = () => {
      socket
        .off("data", data)
        .off("end", eof)
        .off("error", failed)
        .off("close", closed)
        .off("timeout", timeout);
    };
    socket.setTimeout(idleMs);
    this.resume();
  }

  /** Gives the socket back, paused; what it has not passed on yet stays in it. */
  detach(): Socket | null {
    const socket = this.#socket;
    this.flush();
    socket?.pause();
    this.#release();
    socket?.setTimeout(0);
    socket?.on("error", () => undefined);
    this.#socket = null;
    return socket;
  }

  /** Throws `EPIPE` after a shutdown, `ENOBUFS` when the browser overruns its window. */
  write(bytes: Buffer): void {
    const socket = this.#socket;
    if (this.#shutdown || !socket?.writable)
      throw new NetworkError("EPIPE", "The connection is closed for sending.");
    this.#unwritten += bytes.length;
    const room = this.#sink.holding(bytes.length);
    if (this.#unwritten > CREDIT_WINDOW || !room) {
      this.#sink.holding(-bytes.length);
      throw new NetworkError("ENOBUFS", "More was sent than the gateway had acknowledged.");
    }
    socket.write(bytes, (error) => {
      this.#unwritten -= bytes.length;
      this.#sink.holding(-bytes.length);
      if (error) return;
      this.#toAcknowledge += bytes.length;
      if (this.#toAcknowledge < ackLot) return;
      this.#sink.ack(this.#toAcknowledge);
      this.#toAcknowledge = 0;
    });
  }

  /** No more bytes will be sent; receiving goes on. */
  shutdown(): void {
    this.#shutdown = true;
    this.#socket?.end();
  }

  acknowledged(bytes: number): void {
    this.#unacknowledged = Math.max(0, this.#unacknowledged - bytes);
    this.resume();
  }

  /** Reads on if the window and the WebSocket have room. */
  resume(): void {
    if (this.#unacknowledged > CREDIT_WINDOW / 2 || this.#sink.congested()) return;
    this.#socket?.resume();
  }

  /** Sends what was received and is not sent yet. */
  flush(): void {
    clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const pieces = this.#gathered;
    this.#gathered = [];
    this.#gatheredBytes = 0;
    if (pieces.length > 0) this.#sink.data(pieces);
  }

  #received(bytes: Buffer): void {
    this.#unacknowledged += bytes.length;
    this.#gathered.push(bytes);
    this.#gatheredBytes += bytes.length;
    if (this.#gatheredBytes >= frameBytes) this.flush();
    else this.#flushing ??= setImmediate(() => this.flush());
    if (this.#unacknowledged >= CREDIT_WINDOW || this.#sink.congested()) this.#socket?.pause();
  }
}
