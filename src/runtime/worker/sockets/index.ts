import type { PyodideAPI } from "pyodide";
import { createStoreReplies, type StoreReplies } from "../store-replies.ts";
import type { Blocking } from "./blocker.ts";
import { createHostNames } from "./host-names.ts";
import { createMultiplexer, type FrameLink } from "./multiplexer.ts";
import type { PyodideInternals } from "./pyodide-internals.ts";
import { createRelay, type SocketControl } from "./relay.ts";
import { installSocketFileSystem } from "./socket-file-system.ts";

export { createStoreReplies, type StoreReplies } from "../store-replies.ts";
export { type Blocking, createBlocker } from "./blocker.ts";
export { portLink } from "./multiplexer.ts";
export { hookPoll, type PollHook } from "./poll-hook.ts";
export type { SocketControl } from "./relay.ts";

/**
 * Gives Python real TCP sockets over `link`. Call it once, after the interpreter was started or restored; `runnel.net` must be
 * importable.
 */
export function installSockets(
  pyodide: PyodideAPI,
  link: FrameLink,
  blocking: Blocking | null = null,
  store: StoreReplies = createStoreReplies(),
): SocketControl {
  // Its public type leaves out what sockets hang on.
  const internals = pyodide as unknown as PyodideInternals;
  const names = createHostNames();
  const multiplexer = createMultiplexer(link, store.take);
  const files = installSocketFileSystem(internals, multiplexer, names, blocking);
  const relay = createRelay(files, multiplexer, names, store, blocking?.blocker ?? null);
  const python = internals.pyimport("runnel.net");
  python.attach(relay);
  python.destroy();
  return { waits: () => relay.waits(), abortAll: () => relay.abortAll() };
}
