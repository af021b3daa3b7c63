import { MAX_HOOK_BODY } from "./hooks-protocol.ts";

/** What one gateway is willing to hold and how long it waits. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** TCP connections to the gateway open at the same time. */
  readonly connections: number;
  /** How long the head of a request may take to arrive. */
  readonly headMs: number;
  /** How long a whole request may take to arrive. */
  readonly requestMs: number;
  /** A connection of HTTP without a byte in either direction for this long is ended. */
  readonly httpIdleMs: number;
  /** WebSockets open at the same time (one a worker). */
  readonly sockets: number;
  /** Channels open at the same time on one WebSocket. */
  readonly channels: number;
  /** Different names being looked up at the same time, by the whole gateway. */
  readonly lookups: number;
  readonly connectMs: number;
  readonly handshakeMs: number;
  /** How long a question waits for the person. */
  readonly askMs: number;
  /** A connection without a byte in either direction for this long is ended. */
  readonly idleMs: number;
  /** How long a closed connection may take to hand over what was written before. */
  readonly lingerMs: number;
  /** Bytes waiting in one WebSocket above which no connection is read any more. */
  readonly socketBacklog: number;
  /** Bytes taken from one WebSocket that servers have not taken yet, all of its connections together. */
  readonly unwritten: number;
  /** Largest body of a request to the fetch route. */
  readonly fetchBody: number;
  /** Longest silence of a server that the fetch and package routes read from. */
  readonly fetchIdleMs: number;
  /** How long an index answer counts as fresh. */
  readonly indexFreshMs: number;
  /** Largest file of a package. */
  readonly packageFile: number;
  /** Bytes of packages kept on disk; the least recently used go first. */
  readonly packageCache: number;
  /** Largest body of a request to a hook. */
  readonly hookBody: number;
  /** How long whoever sends such a request waits for an answer. */
  readonly hookAnswerMs: number;
  /** Such requests that wait for an answer at the same time. */
  readonly hookPending: number;
  /** Bytes of their bodies that are held in memory at the same time. */
  readonly hookMemory: number;
  /** Requests that are kept for one hook while no page listens. */
  readonly hookKept: number;
  /** And their bytes on disk. */
  readonly hookKeptBytes: number;
  /** Hooks that are known at the same time; those without requests that were unused longest go first. */
  readonly hooks: number;
}

export const defaultLimits: Limits = {
  connections: 512,
  headMs: 15_000,
  requestMs: 10 * 60_000,
  httpIdleMs: 10 * 60_000,
  sockets: 32,
  channels: 256,
  lookups: 64,
  connectMs: 30_000,
  handshakeMs: 30_000,
  askMs: 10 * 60_000,
  idleMs: 30 * 60_000,
  lingerMs: 10_000,
  socketBacklog: 16 * 1024 * 1024,
  unwritten: 128 * 1024 * 1024,
  fetchBody: 128 * 1024 * 1024,
  fetchIdleMs: 5 * 60_000,
  indexFreshMs: 5 * 60_000,
  packageFile: 512 * 1024 * 1024,
  packageCache: 2 * 1024 * 1024 * 1024,
  hookBody: MAX_HOOK_BODY,
  hookAnswerMs: 30_000,
  hookPending: 100,
  hookMemory: 128 * 1024 * 1024,
  hookKept: 100,
  hookKeptBytes: 20 * 1024 * 1024,
  hooks: 1000,
};
