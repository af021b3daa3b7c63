/**
 * The parts of Pyodide and Emscripten that sockets hang on. None of it is public: the exact version is pinned, and
 * `sockets.integration.test.ts` fails when one of them changes.
 */

/** A file descriptor of a socket. */
export interface SocketStream {
  readonly fd: number;
  /** O_… bits; Python sets O_NONBLOCK for a timeout as well as for a non-blocking socket. */
  flags: number;
  readonly node: FsNode;
}

export interface FsNode {
  readonly mode: number;
  sock?: EmscriptenSocket;
}

export interface FileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  createNode(parent: FsNode | null, name: string, mode: number, device: number): FsNode;
  createStream(stream: {
    path: string;
    node: FsNode;
    flags: number;
    seekable: boolean;
    stream_ops: StreamOperations;
  }): SocketStream;
  getStream(fd: number): SocketStream | null;
  isSocket(mode: number): boolean;
}

export interface StreamOperations {
  poll(stream: SocketStream): number;
  ioctl(stream: SocketStream, request: number, pointer: number): number;
  dup(stream: SocketStream): void;
  /** Called where sockets block (no JSPI). */
  write(stream: SocketStream, heap: Int8Array | Uint8Array, offset: number, length: number): number;
  close(stream: SocketStream): void;
}

/** Awaited with the interpreter suspended; answers like the system call: a count or 0, or a negated errno. */
export interface SuspendingOperations<Socket> {
  connectAsync(socket: Socket, address: string, port: number): Promise<number>;
  sendmsgAsync(socket: Socket, bytes: Uint8Array): Promise<number>;
  recvmsgAsync(socket: Socket, length: number): Promise<Uint8Array | number>;
  pollAsync(socket: Socket, events: number, timeoutMs: number): Promise<number>;
}

/** Called where the other ones are not there; throws `ErrnoError`. `recvmsg` answers null at the end of the stream. */
export interface BlockingOperations<Socket> {
  connect(socket: Socket, address: string, port: number): void;
  sendmsg(socket: Socket, heap: Int8Array | Uint8Array, offset: number, length: number): number;
  recvmsg(socket: Socket, length: number): { buffer: Uint8Array; addr: string; port: number } | null;
}

/** What the system calls reach through a file descriptor. */
export type SocketOperations<Socket> = (SuspendingOperations<Socket> | BlockingOperations<Socket>) & {
  poll(socket: Socket): number;
  fcntl64(socket: Socket, command: number, pointer: number): number;
  shutdown(socket: Socket, how: number): number;
  bind(socket: Socket, address: string, port: number): void;
  listen(socket: Socket, backlog: number): void;
  accept(socket: Socket): never;
};

/** Fields that Emscripten reads: own and peer address, and what `SO_ERROR` answers. */
export interface EmscriptenSocket {
  readonly family: number;
  readonly type: number;
  readonly protocol: number;
  readonly daddr: string | undefined;
  readonly dport: number | undefined;
  readonly saddr: string | undefined;
  readonly sport: number | undefined;
  error: number | null;
}

export interface PyodideInternals {
  readonly _module: {
    readonly FS: FileSystem;
    readonly SOCKFS: {
      readonly root: FsNode;
      createSocket(family: number, type: number, protocol: number): EmscriptenSocket;
      pollAsync?(pointer: number, count: number, timeoutMs: number): Promise<number>;
    };
    readonly DNS: {
      lookup_name(name: string): string;
      lookup_addr(address: string): string | null;
    };
    /** Where C's `errno` lies. */
    ___errno_location(): number;
    /** Replaced when the heap grows: read them anew each time. */
    readonly HEAP16: Int16Array;
    readonly HEAP32: Int32Array;
  };
  readonly ERRNO_CODES: Readonly<Record<string, number>>;
  pyimport(name: string): { attach(relay: unknown): void; destroy(): void };
}
