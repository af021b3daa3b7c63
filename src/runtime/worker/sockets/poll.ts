import type { TcpSocket } from "./tcp-socket.ts";
import type { Work } from "./work.ts";

const POLLIN = 0x01;
const POLLOUT = 0x04;
const POLLERR = 0x08;
const POLLHUP = 0x10;
const POLLRDNORM = 0x40;

export interface Polled {
  readonly socket: TcpSocket;
  /** Bits asked for; POLLERR and POLLHUP are always told. */
  readonly events: number;
  report(bits: number): void;
}

/** What can be done with a socket without waiting, in poll's bits. */
export function pollMask(socket: TcpSocket): number {
  const { channel } = socket;
  if (!channel) return POLLOUT | POLLHUP;
  if (channel.handshake === "pending") return 0;
  if (channel.handshake === "settled") return POLLIN | POLLRDNORM | POLLOUT;
  let bits = 0;
  if (channel.receivedBytes > 0 || channel.ended || channel.closed || socket.readEnded)
    bits |= POLLIN | POLLRDNORM;
  if (channel.failure || channel.closed) bits |= POLLHUP | POLLOUT;
  else if (channel.opened && channel.writable) bits |= POLLOUT;
  return bits;
}

/**
 * Waits until one of the sockets is ready, at most `timeoutMs` (negative: forever). While a person is asked whether a connection may
 * be made, the time stands still. Answers how many are ready, or `interrupted`.
 */
export function* pollSockets(
  polled: readonly Polled[],
  timeoutMs: number,
  interrupted: number,
): Work<number> {
  let left = timeoutMs;
  for (;;) {
    const ready = scan(polled);
    if (ready > 0 || left === 0) return ready;
    const channels = polled.flatMap(({ socket }) => socket.channel ?? []);
    const asking = channels.some((channel) => channel.asking);
    const started = performance.now();
    const stopped = yield {
      channels,
      calls: polled.map(({ socket }) => socket),
      timeoutMs: asking || left < 0 ? undefined : left,
    };
    if (stopped) return interrupted;
    if (left > 0 && !asking) left = Math.max(0, left - (performance.now() - started));
  }
}

function scan(polled: readonly Polled[]): number {
  let ready = 0;
  for (const { socket, events, report } of polled) {
    const bits = pollMask(socket) & (events | POLLERR | POLLHUP);
    report(bits);
    if (bits !== 0) ready += 1;
  }
  return ready;
}
