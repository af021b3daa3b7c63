import type { SocketCommand } from "../../../gateway/protocol.ts";
import type { Channel } from "./channel.ts";
import { type Failure, STOPPED } from "./failure.ts";
import type { HostNames } from "./host-names.ts";
import type { Multiplexer } from "./multiplexer.ts";
import { pollMask } from "./poll.ts";
import type { SocketFileSystem } from "./socket-file-system.ts";

type StartTls = Extract<SocketCommand, { op: "starttls" }>;

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
  /** Seconds, so far, in which a person was being asked: Python's event loop does not count them. */
  askedSeconds(): number;
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

const NOT_CONNECTED: Failure = { code: "ENOTCONN", message: "the socket is not connected" };
const STOPPED_FAILURE: Failure = { code: STOPPED, message: "the step was stopped" };

export function createRelay(
  files: SocketFileSystem,
  multiplexer: Multiplexer,
  names: HostNames,
): Relay & SocketControl {
  const lookups = new Set<() => void>();
  const channelOf = (fd: number) => files.socketOf(fd)?.channel ?? null;
  const told = (failure: Failure) => JSON.stringify({ code: failure.code, message: failure.message });

  /** The failure of a channel that came to nothing; nobody needs to hear of it again. */
  const fate = (channel: Channel) => {
    channel.takeFailure();
    return told(channel.failure ?? STOPPED_FAILURE);
  };

  function beginTls(fd: number, options: string): string {
    const channel = channelOf(fd);
    if (!channel || channel.closed || channel.failure) return told(channel?.failure ?? NOT_CONNECTED);
    channel.startTls({ ...(JSON.parse(options) as Omit<StartTls, "op">), op: "starttls" });
    return channel.failure ? fate(channel) : "";
  }

  function outcome(channel: Channel): string {
    channel.handshake = "none";
    return channel.tls ? JSON.stringify(channel.tls) : fate(channel);
  }

  return {
    canSuspend: () => "Suspending" in WebAssembly,

    setTimeout(fd, milliseconds) {
      const socket = files.socketOf(fd);
      if (socket) socket.timeoutMs = milliseconds ?? undefined;
    },

    failure(fd) {
      const failure = channelOf(fd)?.failure;
      return failure ? told(failure) : "";
    },

    async resolve(host) {
      const { answer, abort } = multiplexer.resolve(host);
      lookups.add(abort);
      try {
        const result = await answer;
        return typeof result === "string" ? JSON.stringify({ address: result }) : told(result);
      } finally {
        lookups.delete(abort);
      }
    },

    addressOf: (name) => names.addressOf(name),

    async connect(fd, host, port) {
      const socket = files.socketOf(fd);
      if (!socket) return told(NOT_CONNECTED);
      const channel = multiplexer.connect(names.nameOf(host) ?? host, port, socket.timeoutMs);
      socket.channel = channel;
      while (!channel.opened && !channel.failure && !channel.closed) await channel.changed();
      return channel.opened ? "" : fate(channel);
    },

    async startTls(fd, options) {
      const problem = beginTls(fd, options);
      const channel = channelOf(fd);
      if (problem || !channel) return problem;
      while (channel.handshake === "pending" && !channel.closed) await channel.changed();
      return outcome(channel);
    },

    beginTls,

    tlsOutcome(fd) {
      const channel = channelOf(fd);
      if (!channel) return told(NOT_CONNECTED);
      return channel.handshake === "pending" ? "" : outcome(channel);
    },

    async readable(fd) {
      for (;;) {
        const channel = channelOf(fd);
        if (!channel) return told(NOT_CONNECTED);
        if (channel.receivedBytes > 0) return "";
        const failure = channel.takeFailure();
        if (failure) return told(failure);
        if (channel.ended || channel.closed) return "";
        await channel.changed();
      }
    },

    take: (fd, length) => channelOf(fd)?.take(length) ?? new Uint8Array(0),

    send(fd, bytes) {
      const channel = channelOf(fd);
      if (!channel || channel.closed || channel.failure) return -1;
      channel.queue(bytes);
      return channel.queuedBytes;
    },

    async drained(fd, bytes) {
      for (;;) {
        const channel = channelOf(fd);
        if (!channel || channel.closed || channel.failure)
          return told(channel?.takeFailure() ?? NOT_CONNECTED);
        if (channel.queuedBytes <= bytes) return "";
        await channel.changed();
      }
    },

    pending: (fd) => channelOf(fd)?.receivedBytes ?? 0,

    peek: (fd, length) => channelOf(fd)?.peek(length) ?? new Uint8Array(0),

    async ready(fd, bits) {
      for (;;) {
        const socket = files.socketOf(fd);
        if (!socket?.channel) return 0;
        const ready = pollMask(socket) & bits;
        if (ready !== 0) return ready;
        await socket.channel.changed();
      }
    },

    askedSeconds: () => multiplexer.askedSeconds(),

    waits() {
      let waits = lookups.size;
      for (const { waitingCalls, channel } of files.sockets) {
        waits += waitingCalls + (channel?.handshake === "pending" ? 1 : 0);
      }
      return waits;
    },

    abortAll() {
      let waits = 0;
      for (const abort of lookups) abort();
      for (const socket of files.sockets) {
        waits += socket.waitingCalls;
        socket.stops += 1;
        socket.channel?.abort();
      }
      return waits;
    },
  };
}
