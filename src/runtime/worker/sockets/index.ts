import type { PyodideAPI } from "pyodide";
import { createHostNames } from "./host-names.ts";
import { createMultiplexer } from "./multiplexer.ts";
import type { PyodideInternals } from "./pyodide-internals.ts";
import { createRelay, type SocketControl } from "./relay.ts";
import { installSocketFileSystem } from "./socket-file-system.ts";

export type { SocketControl } from "./relay.ts";

/**
 * Gives Python real TCP sockets over `port`, which carries the frames of gateway/protocol.ts as transferred ArrayBuffers (null: the
 * page has lost the gateway). Call it once, after the interpreter was started or restored; `runnel.net` must be importable.
 */
export function installSockets(pyodide: PyodideAPI, port: MessagePort): Promise<SocketControl> {
  // Its public type leaves out what sockets hang on.
  const internals = pyodide as unknown as PyodideInternals;
  const names = createHostNames();
  const multiplexer = createMultiplexer(port);
  const files = installSocketFileSystem(internals, multiplexer, names);
  const relay = createRelay(files, multiplexer, names);
  const python = internals.pyimport("runnel.net");
  python.attach(relay);
  python.destroy();
  return Promise.resolve({ waits: () => relay.waits(), abortAll: () => relay.abortAll() });
}
