import { type Errnos, errnoOf } from "./failure.ts";
import type { Multiplexer } from "./multiplexer.ts";
import { pollMask, pollSockets } from "./poll.ts";
import type { PyodideInternals, SocketOperations } from "./pyodide-internals.ts";
import type { TcpSocket } from "./tcp-socket.ts";

const F_GETFL = 3;
const F_SETFL = 4;
const SHUT_RD = 0;
const SHUT_WR = 1;
const SHUT_RDWR = 2;

/** How much later than Python the gateway gives a connection up, in milliseconds: raised by both at once, its error would win at times. */
const GIVE_UP_LATER = 3000;

/**
 * The system calls on a socket, with Linux's answers: a non-blocking connect is in progress until poll says writable, an error is
 * told once and then the connection has ended, and received bytes come before the error.
 */
export function createOperations(
  module: PyodideInternals["_module"],
  errnos: Errnos,
  multiplexer: Multiplexer,
): SocketOperations<TcpSocket> {
  const unsupported = () => new module.FS.ErrnoError(errnoOf("EOPNOTSUPP", errnos));

  return {
    async connectAsync(socket, address, port) {
      if (socket.channel) {
        const known = socket.channel.takeFailure();
        if (known) return -socket.errno(known);
        if (socket.channel.failure) return socket.failed("ECONNABORTED");
        if (!socket.channel.opened) return socket.failed("EALREADY");
        if (socket.connectTold) return socket.failed("EISCONN");
        socket.connectTold = true;
        return 0;
      }
      if (port === 0) return socket.failed("ECONNREFUSED");
      // The timeout is Python's own, which polls for it; the gateway's is only to give up what nobody waits for any more.
      const giveUp = socket.timeoutMs === undefined ? undefined : socket.timeoutMs + GIVE_UP_LATER;
      const channel = multiplexer.connect(address, port, giveUp);
      socket.channel = channel;
      if (socket.nonBlocking) return socket.failed("EINPROGRESS");
      while (!channel.opened && !channel.failure) {
        if (await socket.wait(channel)) return socket.failed("EINTR");
      }
      socket.connectTold = true;
      const failure = channel.takeFailure();
      return failure ? -socket.errno(failure) : 0;
    },

    async sendmsgAsync(socket, bytes) {
      const { channel } = socket;
      if (!channel) return socket.failed("ENOTCONN");
      let sent = 0;
      for (;;) {
        const failure = channel.takeFailure();
        if (failure) return -socket.errno(failure);
        if (channel.closed || channel.failure || socket.writeEnded) return socket.failed("EPIPE");
        if (!channel.opened) return socket.failed(socket.nonBlocking ? "EAGAIN" : "ENOTCONN");
        sent += channel.send(bytes.subarray(sent));
        if (sent === bytes.length) return sent;
        if (socket.nonBlocking) return sent > 0 ? sent : socket.failed("EAGAIN");
        if (await socket.wait(channel)) return sent > 0 ? sent : socket.failed("EINTR");
      }
    },

    async recvmsgAsync(socket, length) {
      const { channel } = socket;
      if (!channel) return socket.failed("ENOTCONN");
      if (length === 0) return 0;
      for (;;) {
        if (channel.receivedBytes > 0 && !socket.readEnded) return channel.take(length);
        const failure = channel.takeFailure();
        if (failure) return -socket.errno(failure);
        if (channel.ended || channel.closed || socket.readEnded) return 0;
        if (socket.nonBlocking) return socket.failed("EAGAIN");
        if (await socket.wait(channel)) return socket.failed("EINTR");
      }
    },

    poll: pollMask,
    pollAsync: (socket, events, timeoutMs) => pollSockets([{ socket, events, report: () => {} }], timeoutMs),

    fcntl64(socket, command, pointer) {
      if (!socket.stream) return socket.failed("EBADF");
      if (command === F_GETFL) return socket.stream.flags;
      if (command !== F_SETFL) return socket.failed("EINVAL");
      socket.stream.flags = module.HEAP32[pointer >>> 2] ?? 0;
      return 0;
    },

    shutdown(socket, how) {
      if (how !== SHUT_RD && how !== SHUT_WR && how !== SHUT_RDWR) return socket.failed("EINVAL");
      const { channel } = socket;
      // Ended in both directions it is no connection any more.
      if (!channel?.opened || channel.closed || (channel.ended && socket.writeEnded))
        return socket.failed("ENOTCONN");
      if (how !== SHUT_WR) socket.readEnded = true;
      if (how !== SHUT_RD && !socket.writeEnded) {
        socket.writeEnded = true;
        channel.shutdown();
      }
      return 0;
    },

    bind() {
      throw unsupported();
    },
    listen() {
      throw unsupported();
    },
    accept() {
      throw unsupported();
    },
  };
}
