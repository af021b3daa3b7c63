import type { Blocking } from "./blocker.ts";
import { errnoOf } from "./failure.ts";
import type { HostNames } from "./host-names.ts";
import type { Multiplexer } from "./multiplexer.ts";
import { createOperations } from "./operations.ts";
import { type Polled, pollMask, pollSockets } from "./poll.ts";
import type { PyodideInternals, SocketStream } from "./pyodide-internals.ts";
import { setNonBlocking, TcpSocket } from "./tcp-socket.ts";
import { suspended, type Work } from "./work.ts";

const AF_INET = 2;
const SOCK_STREAM = 1;
const IPPROTO_TCP = 6;
/** SOCK_CLOEXEC and SOCK_NONBLOCK come in the type's high bits. */
const TYPE_FLAGS = 0o2000000 | 0o4000;
const S_IFSOCK = 0o140000;
const O_RDWR = 2;
const FIONREAD = 21531;
const FIONBIO = 21537;
/** `struct pollfd`: an int, then two shorts. */
const POLLFD_BYTES = 8;
const POLLNVAL = 0x20;

/** The worker's sockets by file descriptor. */
export interface SocketFileSystem {
  socketOf(fd: number): TcpSocket | null;
  /** All that are not closed. */
  readonly sockets: ReadonlySet<TcpSocket>;
}

/**
 * Takes the place of Emscripten's sockets (which would want one WebSocket a connection) behind the system calls. Pyodide suspends
 * the interpreter in those whose socket has the `…Async` operations; with `blocking` they block.
 */
export function installSocketFileSystem(
  { _module: module, ERRNO_CODES: errnos }: PyodideInternals,
  multiplexer: Multiplexer,
  names: HostNames,
  blocking: Blocking | null,
): SocketFileSystem {
  const sockets = new Set<TcpSocket>();
  const operations = createOperations(module, errnos, multiplexer, blocking?.blocker ?? null);
  let created = 0;

  const fail = (name: string) => new module.FS.ErrnoError(errnoOf(name, errnos));
  const ofStream = (stream: SocketStream | null) =>
    stream?.node.sock instanceof TcpSocket ? stream.node.sock : null;

  const streamOperations = {
    poll(stream: SocketStream): number {
      const socket = ofStream(stream);
      return socket ? pollMask(socket) : POLLNVAL;
    },
    ioctl(stream: SocketStream, request: number, pointer: number): number {
      const socket = ofStream(stream);
      if (!socket) throw fail("EBADF");
      if (request === FIONREAD) module.HEAP32[pointer >>> 2] = socket.channel?.receivedBytes ?? 0;
      else if (request === FIONBIO) setNonBlocking(stream, module.HEAP32[pointer >>> 2] !== 0);
      else throw fail("EINVAL");
      return 0;
    },
    write(stream: SocketStream, heap: Int8Array | Uint8Array, offset: number, length: number): number {
      const socket = ofStream(stream);
      if (!socket || !("sendmsg" in operations)) throw fail("EBADF");
      return operations.sendmsg(socket, heap, offset, length);
    },
    dup(stream: SocketStream): void {
      ofStream(stream)?.streams.push(stream);
    },
    close(stream: SocketStream): void {
      const socket = ofStream(stream);
      if (!socket) return;
      const index = socket.streams.indexOf(stream);
      if (index >= 0) socket.streams.splice(index, 1);
      if (socket.streams.length > 0) return;
      sockets.delete(socket);
      socket.channel?.close();
    },
  };

  module.SOCKFS.createSocket = (family, type, protocol) => {
    if (family !== AF_INET) throw fail("EAFNOSUPPORT");
    if ((type & ~TYPE_FLAGS) !== SOCK_STREAM) throw fail("EOPNOTSUPP");
    if (protocol !== 0 && protocol !== IPPROTO_TCP) throw fail("EPROTONOSUPPORT");
    const socket = new TcpSocket(protocol, errnos);
    const path = `tcp[${created++}]`;
    const node = module.FS.createNode(module.SOCKFS.root, path, S_IFSOCK, 0);
    node.sock = socket;
    socket.streams.push(
      module.FS.createStream({
        path,
        node,
        flags: O_RDWR,
        seekable: false,
        stream_ops: streamOperations,
      }),
    );
    sockets.add(socket);
    return Object.assign(socket, { sock_ops: operations });
  };

  /** `struct pollfd` by `struct pollfd`; null where one is of something else than a socket. */
  function readPolled(pointer: number, count: number): Polled[] | null {
    const polled: Polled[] = [];
    for (let index = 0; index < count; index++) {
      const entry = pointer + index * POLLFD_BYTES;
      const stream = module.FS.getStream(module.HEAP32[entry >>> 2] ?? -1);
      const socket = ofStream(stream);
      const report = (bits: number) => {
        module.HEAP16[(entry + 6) >>> 1] = bits;
      };
      if (socket) polled.push({ socket, events: module.HEAP16[(entry + 4) >>> 1] ?? 0, report });
      else if (stream) return null;
      else report(POLLNVAL);
    }
    return polled;
  }
  const interrupted = errnoOf("EINTR", errnos);
  function* poll(polled: readonly Polled[], timeoutMs: number): Work<number> {
    const answer = yield* pollSockets(polled, timeoutMs, -interrupted);
    // C's `select` hands the answer on as it is, and Python looks here.
    if (answer < 0) module.HEAP32[module.___errno_location() >>> 2] = -answer;
    return answer;
  }

  if (blocking) {
    blocking.hook.poll = (pointer, count, timeoutMs) => {
      const polled = readPolled(pointer, count);
      return polled && blocking.blocker.run(poll(polled, timeoutMs));
    };
  } else {
    // Pyodide asks it of sockets only.
    module.SOCKFS.pollAsync = (pointer, count, timeoutMs) =>
      suspended(poll(readPolled(pointer, count) ?? [], timeoutMs));
  }

  module.DNS.lookup_name = (name) => names.addressOf(name);
  module.DNS.lookup_addr = (address) => names.nameOf(address);

  return { socketOf: (fd) => ofStream(module.FS.getStream(fd)), sockets };
}
