import type { PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import type { LanguageHost } from "../host.ts";
import { packagesKey, packageTypes } from "../package-types.ts";
import { connect } from "./connect.ts";
import type { Rpc, ServerPort } from "./rpc.ts";

/** The language server of a session: started, started anew when packages change, and once more when it fails. */
export interface RunningServer {
  /** Null while there is none to ask. */
  readonly rpc: Rpc | null;
  /** Starts it, or starts it anew where the workflow has other packages by now. */
  follow(): void;
  stop(): void;
}

export interface ServerEvents {
  /** It can be asked, and knows of no document yet. */
  onReady(): void;
  /** There is none any more. */
  onGone(): void;
  onDiagnostics(params: PublishDiagnosticsParams): void;
}

/** How often it may fail before it stays away. */
const RESTARTS = 1;

export function runServer(host: LanguageHost, events: ServerEvents): RunningServer {
  let rpc: Rpc | null = null;
  let port: ServerPort | null = null;
  let key: string | null = null;
  let failures = 0;
  let ended = new AbortController();

  function end(): void {
    ended.abort();
    rpc?.close("The language server was stopped.");
    port?.terminate();
    rpc = null;
    port = null;
  }

  async function start(signal: AbortSignal): Promise<void> {
    const packages = await packageTypes(host, host.workflow().packages, signal);
    if (signal.aborted) {
      for (const types of packages) types.close();
      return;
    }
    const started = host.startServer();
    port = started;
    const failed = new Promise<never>((_, reject) => {
      started.onerror = (error) => {
        reject(new Error("The language server has failed.", { cause: error }));
        if (!signal.aborted) fail(error);
      };
    });
    const connected = await Promise.race([connect(started, packages, events.onDiagnostics), failed]);
    if (signal.aborted) return;
    rpc = connected;
    events.onReady();
  }

  function fail(error: unknown): void {
    console.warn("The editor's language server has failed:", error);
    end();
    events.onGone();
    failures += 1;
    if (failures <= RESTARTS) restart();
  }

  function restart(): void {
    end();
    ended = new AbortController();
    const { signal } = ended;
    start(signal).catch((error: unknown) => {
      // Where the port itself has failed, it has been seen to.
      if (!signal.aborted) fail(error);
    });
  }

  return {
    get rpc() {
      return rpc;
    },
    follow() {
      const now = packagesKey(host.workflow().packages);
      if (now === key || failures > RESTARTS) return;
      key = now;
      if (rpc !== null) events.onGone();
      restart();
    },
    stop: end,
  };
}
