import type http from "node:http";
import { httpServer } from "./servers.ts";

/** A request as it arrived. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** A server that notes what it is asked and answers by `respond`; `url` names it `api.test`. */
export async function recordingServer(respond: (request: Seen, response: http.ServerResponse) => void) {
  const seen: Seen[] = [];
  const { port, connections } = await httpServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = "", url = "", headers, rawHeaders } = request;
    const entry = { method, url, headers, rawHeaders, body: Buffer.concat(parts).toString() };
    seen.push(entry);
    respond(entry, response);
  });
  return { port, seen, connections, url: `http://api.test:${port}` };
}
