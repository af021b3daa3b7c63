import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Site } from "./access/sites.ts";
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
  /**
   * Asked for every request, static files included: only the gateway's own names, or a page of another could be it; and no
   * page of another asks for anything, but a link there may lead here.
   */
  refuseRequest(headers: IncomingHttpHeaders, method: string | undefined): Refusal | null;
  /** Only the part of it that is about our names: asked where anyone may send a request. */
  refuseHost(headers: IncomingHttpHeaders): Refusal | null;
  /** Asked for a form that is sent: it must say that it comes from our own page. */
  refuseForm(headers: IncomingHttpHeaders): Refusal | null;
  /** Asked for every request below `/api/`. */
  refuseApi(headers: IncomingHttpHeaders): Refusal | null;
  /** Asked for every WebSocket; `token: false` for Vite's own, which has another. */
  refuseSocket(headers: IncomingHttpHeaders, options?: { readonly token: boolean }): Refusal | null;
}

/**
 * Lets in only what comes from the page that this gateway serves, under one of its names. `sites` is asked anew each time, as
 * the port is known only after the start. `remote`: other machines can reach the gateway.
 */
export function createGuard(sites: () => readonly Site[], { remote = false } = {}): Guard {
  const token = randomBytes(32).toString("base64url");

  function refuseHost({ host = "nothing" }: IncomingHttpHeaders): Refusal | null {
    if (sites().some((site) => site.host === host)) return null;
    // Strangers are not told what this machine is called.
    if (remote) {
      return refusal(
        `This server doesn't answer as ${clean(host)}. Open the address that it printed when it was started; other names are given with --public-url or in its certificate.`,
      );
    }
    const names = [...new Set(sites().map((site) => site.host))].join(" and ");
    return refusal(`This server answers only at ${names}, not as ${clean(host)}.`);
  }

  /** The page of one name is another to the page of the next. */
  function refuseOrigin({ host, origin = "none" }: IncomingHttpHeaders): Refusal | null {
    if (sites().some((site) => site.host === host && site.origin === origin)) return null;
    return refusal(`Requests of another page (${clean(origin)}) are refused.`);
  }

  function refuseForeign(headers: IncomingHttpHeaders): Refusal | null {
    const { origin, "sec-fetch-site": site } = headers;
    // Browsers leave Origin out of a GET to the page's own server, and say so in Sec-Fetch-Site.
    if (site !== undefined && site !== "same-origin") return refusal("Requests of another page are refused.");
    return origin === undefined ? null : refuseOrigin(headers);
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
    refuseHost,
    refuseRequest: (headers, method) =>
      refuseHost(headers) ?? (isVisit(headers, method) ? null : refuseForeign(headers)),
    refuseForm: (headers) => refuseHost(headers) ?? refuseForeign(headers) ?? refuseOrigin(headers),
    refuseApi: (headers) => refuseForeign(headers) ?? refuseToken(headers[TOKEN_HEADER]),
    refuseSocket(headers, options = { token: true }) {
      const refused = refuseHost(headers) ?? refuseOrigin(headers);
      return refused ?? (options.token ? refuseToken(tokenOf(headers["sec-websocket-protocol"])) : null);
    },
  };
}

/** A person goes to a page: by a link, a bookmark, the address bar. */
function isVisit({ origin, ...headers }: IncomingHttpHeaders, method: string | undefined): boolean {
  const visit = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return origin === undefined && method === "GET" && visit;
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
