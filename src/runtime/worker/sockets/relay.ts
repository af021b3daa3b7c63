import type { StoreReplies } from "../store-replies.ts";
import type { Blocker } from "./blocker.ts";
import type { HostNames } from "./host-names.ts";
import type { Multiplexer } from "./multiplexer.ts";
import { createRelayWorks, NOT_CONNECTED, type RelayWorks, told } from "./relay-works.ts";
import type { SocketFileSystem } from "./socket-file-system.ts";
import { createWaitingRoom } from "./waiting-room.ts";
import { suspended, type Work } from "./work.ts";

/**
 * What Python's `runnel.net` calls beside the system calls. Answers are JSON texts; a failure is `{"code", "message"}`.
 */
export interface Relay {
  /** True where the browser can suspend Python in a call (JSPI). */
  canSuspend(): boolean;
  /** The timeout of the next connect; null: none. */
  setTimeout(fd: number, milliseconds: number | null): void;
  /** Why the connection failed, as JSON; empty where it has not. */
  failure(fd: number): string;
  /** `{"address"}` or a failure. */
  resolve(host: string): Promise<string>;
  /** The address that stands for a name in this worker. */
  addressOf(name: string): string;
  /** Connects without blocking the interpreter: empty, or a failure. */
  connect(fd: number, host: string, port: number): Promise<string>;
  /** Makes the connection TLS: the gateway's `tls` event, or a failure. */
  startTls(fd: number, options: string): Promise<string>;
  /** As `startTls`, without waiting; poll tells when the outcome is there. Empty, or a failure. */
  beginTls(fd: number, options: string): string;
  /** Outcome of a handshake: empty while it goes on, else as `startTls` answers. */
  tlsOutcome(fd: number): string;
  /** Resolves when `take` has something to give: bytes or the end. Empty, or a failure. Takes nothing, so it may be given up. */
  readable(fd: number): Promise<string>;
  /** At most `length` of the received bytes; an empty array at the end. */
  take(fd: number, length: number): Uint8Array;
  /** Takes bytes to send; tells how many are held back because the peer is slow, or -1 where the connection is gone. */
  send(fd: number, bytes: Uint8Array): number;
  /** Resolves when at most `bytes` are held back: empty, or a failure. */
  drained(fd: number, bytes: number): Promise<string>;
  /** Received bytes that wait to be read. */
  pending(fd: number): number;
  /** The first of the received bytes, which stay: at most `length` and 4096 of a piece. */
  peek(fd: number, length: number): Uint8Array;
  /** Resolves when one of poll's `bits` is true of the socket: with those that are, or 0 where it was closed. */
  ready(fd: number, bits: number): Promise<number>;
  /** Resolves when the page has answered request `number` of the step's data store. Empty. */
  storeReply(number: number): Promise<string>;
  /** The page's answers about the data store that have come since this was called last: JSON text of a list of `StoreReply`. */
  storeReplies(): string;
  /** Seconds, so far, in which a person was being asked: Python's event loop does not count them. */
  askedSeconds(): number;

  // Where Python can't be suspended, these stand for those above that answer a promise.

  /** Begins one of them, by name; its number. */
  begin(name: keyof RelayWorks, ...args: readonly (string | number)[]): number;
  /**
   * Blocks until one of those is done or something has come, at most `milliseconds` (None: no end; while a person is asked about a
   * connection there is none). JSON text of those that are done: `[[number, answer], …]`; None where the step is being stopped.
   */
  block(milliseconds: number | undefined): string | undefined;
  /** Stop is to be heard by what comes after this call. */
  putInterruptBack(): void;
  /** Blocks for `milliseconds`; false where the step is being stopped. */
  sleep(milliseconds: number): boolean;
}

export interface SocketControl {
  /** How many of Python's calls wait for the network now. */
  waits(): number;
  /**
   * Ends every connection and every wait of a step that is stopped or over. Tells how many waits sat in C, where they end with
   * EINTR: there a pending interrupt is what raises. The others raise by themselves.
   */
  abortAll(): number;
}

export function createRelay(
  files: SocketFileSystem,
  multiplexer: Multiplexer,
  names: HostNames,
  store: StoreReplies,
  blocker: Blocker | null,
): Relay & SocketControl {
  const works = createRelayWorks(files, multiplexer, names, store);
  const waitingRoom = blocker && createWaitingRoom(blocker);
  const channelOf = (fd: number) => files.socketOf(fd)?.channel ?? null;
  const needed = <T>(value: T | null): T => {
    if (value === null) throw new Error("Python can be suspended here: nothing blocks.");
    return value;
  };

  return {
    canSuspend: () => blocker === null,

    setTimeout(fd, milliseconds) {
      const socket = files.socketOf(fd);
      if (socket) socket.timeoutMs = milliseconds ?? undefined;
    },

    failure(fd) {
      const failure = channelOf(fd)?.failure;
      return failure ? told(failure) : "";
    },

    addressOf: (name) => names.addressOf(name),

    resolve: (host) => suspended(works.resolve(host)),
    connect: (fd, host, port) => suspended(works.connect(fd, host, port)),
    startTls: (fd, options) => suspended(works.startTls(fd, options)),
    readable: (fd) => suspended(works.readable(fd)),
    drained: (fd, bytes) => suspended(works.drained(fd, bytes)),
    ready: (fd, bits) => suspended(works.ready(fd, bits)),

    storeReply: (number) => suspended(works.storeReply(number)),

    storeReplies() {
      blocker?.drain();
      return store.takeAll();
    },

    beginTls: works.beginTls,

    tlsOutcome(fd) {
      blocker?.drain();
      const channel = channelOf(fd);
      if (!channel) return told(NOT_CONNECTED);
      return channel.handshake === "pending" ? "" : works.outcome(channel);
    },

    take: (fd, length) => channelOf(fd)?.take(length) ?? new Uint8Array(0),

    send(fd, bytes) {
      blocker?.drain();
      const channel = channelOf(fd);
      if (!channel || channel.closed || channel.failure) return -1;
      channel.queue(bytes);
      return channel.queuedBytes;
    },

    pending(fd) {
      blocker?.drain();
      return channelOf(fd)?.receivedBytes ?? 0;
    },

    peek: (fd, length) => channelOf(fd)?.peek(length) ?? new Uint8Array(0),

    askedSeconds: () => multiplexer.askedSeconds(),

    begin: (name, ...args) =>
      needed(waitingRoom).add(Reflect.apply(works[name], works, args) as Work<string | number>),

    block: (milliseconds) => needed(waitingRoom).block(multiplexer.asking() ? undefined : milliseconds),

    putInterruptBack: () => needed(blocker).putInterruptBack(),

    sleep(milliseconds) {
      const until = performance.now() + milliseconds;
      for (let left = milliseconds; left > 0; left = until - performance.now()) {
        if (!needed(blocker).wait(left)) continue;
        needed(blocker).takeInterrupt();
        return false;
      }
      return true;
    },

    waits() {
      let waits = works.lookups.size;
      for (const { waitingCalls, channel } of files.sockets) {
        waits += waitingCalls + (channel?.handshake === "pending" ? 1 : 0);
      }
      return waits;
    },

    abortAll() {
      let waits = 0;
      for (const lookup of works.lookups) lookup.abort();
      for (const socket of files.sockets) {
        waits += socket.waitingCalls;
        socket.stops += 1;
        socket.channel?.abort();
      }
      return waits;
    },
  };
}
