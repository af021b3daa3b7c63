import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { SUBPROTOCOL, TOKEN_HEADER } from "./protocol.ts";

/** Why a request is not let in. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

export interface GuardedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly isWebSocket: boolean;
}

export interface Guard {
  /** The token of this start; index.html carries it, and nothing else does. */
  readonly token: string;
  /** Null: the request may go on. Asked for every request, before anything else is done with it. */
  refuse(request: GuardedRequest): Refusal | null;
}

/**
 * Lets in only what comes from the page that this gateway serves. `hosts`: the exact values of the Host header, such as
 * `127.0.0.1:7411`; asked anew each time, as the port is known only after the start.
 */
export function createGuard(hosts: () => readonly string[]): Guard {
  const token = randomBytes(32).toString("base64url");

  function refuseStranger({ headers, isWebSocket }: GuardedRequest): Refusal | null {
    const { origin } = headers;
    const own = hosts().map((host) => `http://${host}`);
    if (origin === undefined ? isWebSocket : !own.includes(origin)) {
      return refusal(`Requests of another page (${clean(origin ?? "no origin")}) are refused.`);
    }
    const site = headers["sec-fetch-site"];
    if (site === undefined || site === "same-origin" || isWebSocket) return null;
    return refusal("Requests of another page are refused.");
  }

  function refuseWithoutToken({ headers, isWebSocket }: GuardedRequest): Refusal | null {
    const given = isWebSocket ? tokenOfProtocols(headers["sec-websocket-protocol"]) : headers[TOKEN_HEADER];
    if (typeof given === "string" && equal(given, token)) return null;
    return {
      status: 401,
      message:
        "The token is missing or of an earlier start of the gateway. Reload the page to get the present one.",
    };
  }

  return {
    token,
    refuse(request) {
      const { host } = request.headers;
      if (host === undefined || !hosts().includes(host)) {
        return refusal(
          `This server answers only at ${hosts().join(" and ")}, not as ${clean(host ?? "nothing")}.`,
        );
      }
      const isApi = request.path.startsWith("/api/");
      if (!isApi && !request.isWebSocket) return null;
      return refuseStranger(request) ?? (isApi ? refuseWithoutToken(request) : null);
    },
  };
}

function refusal(message: string): Refusal {
  return { status: 403, message };
}

/** Text of a stranger in a message of ours: short and without control characters. */
function clean(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, "?").slice(0, 100);
}

function tokenOfProtocols(header: string | undefined): string | undefined {
  const protocols = (header ?? "").split(",").map((protocol) => protocol.trim());
  if (!protocols.includes(SUBPROTOCOL)) return undefined;
  return protocols.find((protocol) => protocol.startsWith("token."))?.slice("token.".length);
}

/** Takes the same time wherever the two differ. */
function equal(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
