import { CREDIT_WINDOW, type SocketCommand, type SocketEvent } from "../../../gateway/protocol.ts";
import { MAX_DATA_BYTES, type WorkerEvent } from "../../network/frames.ts";
import { type Failure, GATEWAY_GONE, STOPPED } from "./failure.ts";

/** Received bytes are acknowledged in portions, so that a short answer costs no message. */
const ACKNOWLEDGE_EVERY = CREDIT_WINDOW / 4;
/** Writable again only once this much fits: a poll that wakes for every acknowledged packet would copy the rest each time. */
const LOW_WATER = CREDIT_WINDOW / 4;

export type OpenEvent = Extract<SocketEvent, { ev: "open" }>;
export type TlsEvent = Extract<SocketEvent, { ev: "tls" }>;

/** The channel's way to the gateway. */
export interface ChannelSender {
  control(command: SocketCommand): void;
  data(bytes: Uint8Array): void;
  /** A person is being asked about this channel, or not any more. */
  asking(now: boolean): void;
}

/** One TCP connection at the gateway, with the bytes it has sent us and a window of those we may send. */
export class Channel {
  opened: OpenEvent | null = null;
  tls: TlsEvent | null = null;
  /** A handshake that has begun, or one whose outcome nobody has heard yet. */
  handshake: "none" | "pending" | "settled" = "none";
  resolved: string | null = null;
  /** The peer has sent its last byte. */
  ended = false;
  /** The gateway has let go of it, or we have. */
  closed = false;
  failure: Failure | null = null;
  receivedBytes = 0;

  readonly #sender: ChannelSender;
  #received: Uint8Array[] = [];
  #outgoing: Uint8Array[] = [];
  #unacknowledgedOut = 0;
  #unacknowledgedIn = 0;
  #failureTold = false;
  #asking = false;
  #change: PromiseWithResolvers<void> | null = null;

  constructor(sender: ChannelSender) {
    this.#sender = sender;
  }

  /** A person is being asked whether the connection may be made. */
  get asking(): boolean {
    return this.#asking;
  }

  #ask(now: boolean): void {
    if (this.#asking === now) return;
    this.#asking = now;
    this.#sender.asking(now);
  }

  /** Resolves when anything about the channel has changed. */
  changed(): Promise<void> {
    this.#change ??= Promise.withResolvers<void>();
    return this.#change.promise;
  }

  #notify(): void {
    this.#change?.resolve();
    this.#change = null;
  }

  /** Takes an event of the gateway. */
  handle(event: WorkerEvent): void {
    switch (event.ev) {
      case "ask":
      case "asking":
        this.#ask(true);
        break;
      case "answered":
        this.#ask(false);
        break;
      case "open":
        this.#ask(false);
        this.opened = event;
        break;
      case "resolved":
        this.resolved = event.address;
        break;
      case "tls":
        this.tls = event;
        this.handshake = "settled";
        break;
      case "ack":
        this.#unacknowledgedOut = Math.max(0, this.#unacknowledgedOut - event.bytes);
        this.#pump();
        break;
      case "eof":
        this.ended = true;
        break;
      case "error":
        this.#fail({ code: event.code, message: event.message });
        break;
      case "closed":
        this.closed = true;
        if (!this.ended) this.#fail({ code: "ECONNRESET", message: "the connection was closed" });
        break;
    }
    this.#notify();
  }

  /** The page has lost the gateway. */
  gatewayGone(): void {
    this.#fail({ code: GATEWAY_GONE, message: "the gateway can't be reached" });
    this.closed = true;
    this.#notify();
  }

  #fail(failure: Failure): void {
    this.#ask(false);
    this.ended = true;
    this.failure ??= failure;
    if (this.handshake === "pending") this.handshake = "settled";
  }

  /** Takes bytes of the peer. */
  receive(bytes: Uint8Array): void {
    this.#received.push(bytes);
    this.receivedBytes += bytes.length;
    this.#notify();
  }

  /** Up to `length` received bytes; empty where there are none yet. */
  take(length: number): Uint8Array {
    const first = this.#received[0];
    if (!first) return new Uint8Array(0);
    const taken =
      this.#received.length === 1 || first.length >= length
        ? this.#takeFrom(first, length)
        : this.#join(length);
    this.receivedBytes -= taken.length;
    this.#acknowledge(taken.length);
    return taken;
  }

  /** As `take`, but they stay. */
  peek(length: number): Uint8Array {
    const seen: number[] = [];
    for (const bytes of this.#received) {
      if (seen.length >= length) break;
      seen.push(...bytes.subarray(0, Math.min(bytes.length, length - seen.length, 4096)));
    }
    return Uint8Array.from(seen);
  }

  #takeFrom(first: Uint8Array, length: number): Uint8Array {
    if (first.length <= length) return this.#received.shift() ?? first;
    this.#received[0] = first.subarray(length);
    return first.subarray(0, length);
  }

  #join(length: number): Uint8Array {
    const joined = new Uint8Array(Math.min(length, this.receivedBytes));
    for (let filled = 0; filled < joined.length; ) {
      const first = this.#received[0];
      if (!first) break;
      const part = this.#takeFrom(first, joined.length - filled);
      joined.set(part, filled);
      filled += part.length;
    }
    return joined;
  }

  #acknowledge(bytes: number): void {
    this.#unacknowledgedIn += bytes;
    if (this.closed || this.#unacknowledgedIn < ACKNOWLEDGE_EVERY) return;
    this.#sender.control({ op: "ack", bytes: this.#unacknowledgedIn });
    this.#unacknowledgedIn = 0;
  }

  /** Bytes that may be sent now. */
  get room(): number {
    if (this.#outgoing.length > 0) return 0;
    return Math.max(0, CREDIT_WINDOW - this.#unacknowledgedOut);
  }

  get writable(): boolean {
    return this.room >= LOW_WATER;
  }

  /** Sends what fits into the window, and tells how much that was. */
  send(bytes: Uint8Array): number {
    const accepted = Math.min(this.room, bytes.length);
    for (let offset = 0; offset < accepted; offset += MAX_DATA_BYTES) {
      this.#sender.data(bytes.subarray(offset, Math.min(offset + MAX_DATA_BYTES, accepted)));
    }
    this.#unacknowledgedOut += accepted;
    return accepted;
  }

  /** Sends all of `bytes`, the part that does not fit into the window later; it must not be changed any more. */
  queue(bytes: Uint8Array): void {
    const sent = this.send(bytes);
    if (sent < bytes.length) this.#outgoing.push(bytes.subarray(sent));
  }

  /** Bytes that `queue` still holds. */
  get queuedBytes(): number {
    return this.#outgoing.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  #pump(): void {
    const waiting = this.#outgoing;
    this.#outgoing = [];
    for (const bytes of waiting) this.queue(bytes);
  }

  /** Begins TLS. Bytes that came before it are no part of it: taking them as if they were would let a third party inject them. */
  startTls(command: Extract<SocketCommand, { op: "starttls" }>): void {
    this.tls = null;
    if (this.receivedBytes > 0) {
      this.#fail({
        code: "ERR_SSL_WRONG_VERSION_NUMBER",
        message: "the server sent something before the handshake",
      });
      this.close();
      return;
    }
    this.handshake = "pending";
    this.#sender.control(command);
  }

  shutdown(): void {
    if (!this.closed) this.#sender.control({ op: "shutdown" });
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#outgoing = [];
    this.#ask(false);
    this.#sender.control({ op: "close" });
    this.#notify();
  }

  /** Ends the connection for a step that is being stopped. */
  abort(): void {
    this.#fail({ code: STOPPED, message: "the step was stopped" });
    this.close();
    this.#notify();
  }

  /** The failure, the first time it is asked for: the system tells an error once, then the connection has just ended. */
  takeFailure(): Failure | null {
    if (this.#failureTold) return null;
    this.#failureTold = this.failure !== null;
    return this.failure;
  }
}
