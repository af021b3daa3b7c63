import type http from "node:http";
import type { HttpEvent } from "../hooks-protocol.ts";
import { TOKEN_HEADER } from "../protocol.ts";
import { gathered, readBody } from "./body.ts";

/** The session of this gateway, or of another one on the same name: cookies don't know of ports. */
const OWN_COOKIE = /^(__Host-)?runnel-\d+=/;

/** What the gateway knows of a request besides its bytes. */
interface RequestFacts {
  readonly address: string;
  /** `https://runnel.example.com`. */
  readonly origin: string;
  /** What of the path is the hook's own: `/hooks/TOKEN`. */
  readonly prefix: string;
}

/** A request as the event that a workflow is given: the shape of fact 6 of the reference. */
export async function httpEvent(
  request: http.IncomingMessage,
  bytes: Buffer<ArrayBuffer>,
  { address, origin, prefix }: RequestFacts,
): Promise<HttpEvent> {
  const target = request.url ?? "/";
  const [path = "", ...query] = target.split("?");
  return {
    body: await readBody(bytes, request.headers["content-type"]),
    client_ip: address.replace(/^::ffff:(?=\d)/, ""),
    headers: joined(request.headers),
    method: request.method ?? "GET",
    path: path.slice(prefix.length) || "/",
    query: gathered([...new URLSearchParams(query.join("?"))]),
    url: origin + target,
  };
}

/** Without what only the gateway's own page has: a step, which gets the event, is not to be given the person's session. */
function joined(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined || name === TOKEN_HEADER) return [];
      const text = Array.isArray(value) ? value.join(", ") : value;
      if (name !== "cookie") return [[name, text]];
      const others = text.split(/;\s*/).filter((cookie) => !OWN_COOKIE.test(cookie));
      return others.length > 0 ? [[name, others.join("; ")]] : [];
    }),
  );
}
