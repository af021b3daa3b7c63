/** Servers that let a client down, each in its own way. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { type Listening, listen } from "../listen.ts";

/** Accepts no connection, as its queue is full: a connect waits until its timeout. */
export async function startFullQueue(): Promise<Listening> {
  const script = path.resolve(
    import.meta.dirname,
    "../../../src/runtime/worker/sockets/testing/full_backlog.py",
  );
  const child = spawn("python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return {
    port: Number(String(line)),
    async close() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

/** Resets the connection when the first bytes arrive. */
export function startResetting(): Promise<Listening> {
  return listen(net.createServer((socket) => socket.once("data", () => socket.resetAndDestroy())));
}

/** Ends the connection when the first bytes arrive, without an answer. */
export function startHangingUp(): Promise<Listening> {
  return listen(net.createServer((socket) => socket.once("data", () => socket.end())));
}
