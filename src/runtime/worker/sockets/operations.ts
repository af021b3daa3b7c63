import type { Blocker } from "./blocker.ts";
import { connect, receive, send } from "./calls.ts";
import { type Errnos, errnoOf } from "./failure.ts";
import type { Multiplexer } from "./multiplexer.ts";
import { pollMask, pollSockets } from "./poll.ts";
import type {
  BlockingOperations,
  PyodideInternals,
  SocketOperations,
  SuspendingOperations,
} from "./pyodide-internals.ts";
import type { TcpSocket } from "./tcp-socket.ts";
import { suspended } from "./work.ts";

const F_GETFL = 3;
const F_SETFL = 4;
const SHUT_RD = 0;
const SHUT_WR = 1;
const SHUT_RDWR = 2;

/** The system calls on a socket. With a `blocker` those that may wait block the thread, without one they suspend the interpreter. */
export function createOperations(
  module: PyodideInternals["_module"],
  errnos: Errnos,
  multiplexer: Multiplexer,
  blocker: Blocker | null,
): SocketOperations<TcpSocket> {
  const failed = (errno: number) => new module.FS.ErrnoError(errno);
  const unsupported = () => failed(errnoOf("EOPNOTSUPP", errnos));
  const waiting = blocker
    ? blocking(multiplexer, blocker, failed)
    : suspending(multiplexer, -errnoOf("EINTR", errnos));

  return {
    ...waiting,
    poll: pollMask,

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

function suspending(multiplexer: Multiplexer, interrupted: number): SuspendingOperations<TcpSocket> {
  return {
    connectAsync: (socket, address, port) => suspended(connect(multiplexer, socket, address, port)),
    sendmsgAsync: (socket, bytes) => suspended(send(socket, bytes)),
    recvmsgAsync: (socket, length) => suspended(receive(socket, length)),
    pollAsync: (socket, events, timeoutMs) =>
      suspended(pollSockets([{ socket, events, report: () => {} }], timeoutMs, interrupted)),
  };
}

/** Emscripten's own hooks: they throw what failed. */
function blocking(
  multiplexer: Multiplexer,
  blocker: Blocker,
  failed: (errno: number) => Error,
): BlockingOperations<TcpSocket> {
  const told = <Answer>(answer: Answer): Answer => {
    if (typeof answer === "number" && answer < 0) throw failed(-answer);
    return answer;
  };
  return {
    connect(socket, address, port) {
      told(blocker.run(connect(multiplexer, socket, address, port)));
    },
    sendmsg: (socket, heap, offset, length) =>
      told(blocker.run(send(socket, new Uint8Array(heap.buffer, heap.byteOffset + offset, length)))),
    recvmsg(socket, length) {
      const received = told(blocker.run(receive(socket, length)));
      return typeof received === "number"
        ? null
        : { buffer: received, addr: socket.daddr ?? "0.0.0.0", port: socket.dport ?? 0 };
    },
  };
}
