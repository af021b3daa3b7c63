import type { Channel } from "./channel.ts";
import type { Multiplexer } from "./multiplexer.ts";
import type { TcpSocket } from "./tcp-socket.ts";
import type { Pause, Work } from "./work.ts";

/** How much later than Python the gateway gives a connection up, in milliseconds: raised by both at once, its error would win at times. */
const GIVE_UP_LATER = 3000;

const on = (socket: TcpSocket, channel: Channel): Pause => ({ channels: [channel], calls: [socket] });

/**
 * The system calls that may wait, with Linux's answers: a count or 0, or a negated errno. A non-blocking connect is in progress until
 * poll says writable, an error is told once and then the connection has ended, and received bytes come before the error.
 */
export function* connect(
  multiplexer: Multiplexer,
  socket: TcpSocket,
  address: string,
  port: number,
): Work<number> {
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
    if (yield on(socket, channel)) return socket.failed("EINTR");
  }
  socket.connectTold = true;
  const failure = channel.takeFailure();
  return failure ? -socket.errno(failure) : 0;
}

export function* send(socket: TcpSocket, bytes: Uint8Array): Work<number> {
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
    if (yield on(socket, channel)) return sent > 0 ? sent : socket.failed("EINTR");
  }
}

export function* receive(socket: TcpSocket, length: number): Work<Uint8Array | number> {
  const { channel } = socket;
  if (!channel) return socket.failed("ENOTCONN");
  if (length === 0) return 0;
  for (;;) {
    if (channel.receivedBytes > 0 && !socket.readEnded) return channel.take(length);
    const failure = channel.takeFailure();
    if (failure) return -socket.errno(failure);
    if (channel.ended || channel.closed || socket.readEnded) return 0;
    if (socket.nonBlocking) return socket.failed("EAGAIN");
    if (yield on(socket, channel)) return socket.failed("EINTR");
  }
}
