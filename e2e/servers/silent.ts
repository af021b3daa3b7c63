import net from "node:net";
import { type Listening, listen } from "./listen.ts";

/** A server that accepts connections and never says a word. */
export interface SilentServer extends Listening {
  /** Connections that are open now. */
  open(): number;
}

export async function startSilent(): Promise<SilentServer> {
  let open = 0;
  const server = net.createServer((socket) => {
    open++;
    socket.on("close", () => {
      open--;
    });
    socket.resume();
  });
  return { ...(await listen(server)), open: () => open };
}
