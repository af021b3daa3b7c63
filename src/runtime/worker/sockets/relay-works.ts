import type { SocketCommand } from "../../../gateway/protocol.ts";
import type { StoreReplies } from "../store-replies.ts";
import type { Channel } from "./channel.ts";
import { type Failure, STOPPED } from "./failure.ts";
import type { HostNames } from "./host-names.ts";
import type { Multiplexer } from "./multiplexer.ts";
import { pollMask } from "./poll.ts";
import type { SocketFileSystem } from "./socket-file-system.ts";
import type { Pause, Work } from "./work.ts";

type StartTls = Extract<SocketCommand, { op: "starttls" }>;

/** What of the relay waits; `Relay` says what each does. Answers are JSON texts; a failure is `{"code", "message"}`. */
export interface RelayWorks {
  resolve(host: string): Work<string>;
  connect(fd: number, host: string, port: number): Work<string>;
  startTls(fd: number, options: string): Work<string>;
  readable(fd: number): Work<string>;
  drained(fd: number, bytes: number): Work<string>;
  ready(fd: number, bits: number): Work<number>;
  storeReply(number: number): Work<string>;
}

/** The relay's dealings with handshakes and look-ups, which its other calls share. */
export interface RelaySteps extends RelayWorks {
  beginTls(fd: number, options: string): string;
  /** The outcome of a handshake that is settled. */
  outcome(channel: Channel): string;
  /** Look-ups that go on. */
  readonly lookups: ReadonlySet<Channel>;
}

export const NOT_CONNECTED: Failure = { code: "ENOTCONN", message: "the socket is not connected" };
const STOPPED_FAILURE: Failure = { code: STOPPED, message: "the step was stopped" };

export const told = (failure: Failure) => JSON.stringify({ code: failure.code, message: failure.message });

const on = (channel: Channel): Pause => ({ channels: [channel] });

export function createRelayWorks(
  files: SocketFileSystem,
  multiplexer: Multiplexer,
  names: HostNames,
  store: StoreReplies,
): RelaySteps {
  const lookups = new Set<Channel>();
  const channelOf = (fd: number) => files.socketOf(fd)?.channel ?? null;

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
    lookups,
    beginTls,
    outcome,

    *resolve(host) {
      const channel = multiplexer.resolve(host);
      lookups.add(channel);
      try {
        while (channel.resolved === null && !channel.failure) yield on(channel);
      } finally {
        lookups.delete(channel);
      }
      return channel.resolved === null ? fate(channel) : JSON.stringify({ address: channel.resolved });
    },

    *connect(fd, host, port) {
      const socket = files.socketOf(fd);
      if (!socket) return told(NOT_CONNECTED);
      const channel = multiplexer.connect(names.nameOf(host) ?? host, port, socket.timeoutMs);
      socket.channel = channel;
      while (!channel.opened && !channel.failure && !channel.closed) yield on(channel);
      return channel.opened ? "" : fate(channel);
    },

    *startTls(fd, options) {
      const problem = beginTls(fd, options);
      const channel = channelOf(fd);
      if (problem || !channel) return problem;
      while (channel.handshake === "pending" && !channel.closed) yield on(channel);
      return outcome(channel);
    },

    *readable(fd) {
      for (;;) {
        const channel = channelOf(fd);
        if (!channel) return told(NOT_CONNECTED);
        if (channel.receivedBytes > 0) return "";
        const failure = channel.takeFailure();
        if (failure) return told(failure);
        if (channel.ended || channel.closed) return "";
        yield on(channel);
      }
    },

    *drained(fd, bytes) {
      for (;;) {
        const channel = channelOf(fd);
        if (!channel || channel.closed || channel.failure)
          return told(channel?.takeFailure() ?? NOT_CONNECTED);
        if (channel.queuedBytes <= bytes) return "";
        yield on(channel);
      }
    },

    *storeReply(number) {
      while (store.latest < number) yield { channels: [store] };
      return "";
    },

    *ready(fd, bits) {
      for (;;) {
        const socket = files.socketOf(fd);
        if (!socket?.channel) return 0;
        const ready = pollMask(socket) & bits;
        if (ready !== 0) return ready;
        yield on(socket.channel);
      }
    },
  };
}
