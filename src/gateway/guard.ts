import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { SUBPROTOCOL, TOKEN_HEADER } from "./protocol.ts";

/** Why a request is not let in. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Each answers null for what may go on. */
export interface Guard {
  /** The token of this start; index.html carries it, and nothing else does. */
  readonly token: string;
  /** Asked for every request, static files included: only the gateway's own names, or a page of another could be it. */
  refuseHost(headers: IncomingHttpHeaders): Refusal | null;
  /** Asked for every request below `/api/`. */
  refuseApi(headers: IncomingHttpHeaders): Refusal | null;
  /** Asked for every WebSocket; `token: false` for Vite's own, which has another. */
  refuseSocket(headers: IncomingHttpHeaders, options?: { readonly token: boolean }): Refusal | null;
}

/**
 * Lets in only what comes from the page that this gateway serves. `hosts`: the exact values of the Host header, such as
 * `127.0.0.1:7411`; asked anew each time, as the port is known only after the start.
 */
export function createGuard(hosts: () => readonly string[]): Guard {
  const token = randomBytes(32).toString("base64url");

  function refuseOrigin(origin: string): Refusal | null {
    if (hosts().some((host) => origin === `http://${host}`)) return null;
    return refusal(`Requests of another page (${clean(origin)}) are refused.`);
  }

  function refuseToken(given: unknown): Refusal | null {
    if (typeof given === "string" && equal(given, token)) return null;
    return {
      status: 401,
      message:
        "The token is missing or of an earlier start of the gateway. Reload the page to get the present one.",
    };
  }

  return {
    token,
    refuseHost({ host = "nothing" }) {
      if (hosts().includes(host)) return null;
      return refusal(`This server answers only at ${hosts().join(" and ")}, not as ${clean(host)}.`);
    },
    refuseApi(headers) {
      const { origin, "sec-fetch-site": site } = headers;
      // Browsers leave Origin out of a GET to the page's own server, and say so in Sec-Fetch-Site.
      if (site !== undefined && site !== "same-origin") {
        return refusal("Requests of another page are refused.");
      }
      return (origin === undefined ? null : refuseOrigin(origin)) ?? refuseToken(headers[TOKEN_HEADER]);
    },
    refuseSocket(headers, options = { token: true }) {
      const refused = refuseOrigin(headers.origin ?? "no origin");
      return refused ?? (options.token ? refuseToken(tokenOf(headers["sec-websocket-protocol"])) : null);
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

function tokenOf(header: string | undefined): string | undefined {
  const protocols = (header ?? "").split(",").map((protocol) => protocol.trim());
  if (!protocols.includes(SUBPROTOCOL)) return undefined;
  return protocols.find((protocol) => protocol.startsWith("token."))?.slice("token.".length);
}

/** Takes the same time wherever the two differ. */
function equal(a: string, b: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
