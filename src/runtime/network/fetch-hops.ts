import type { FetchRequest, FetchResponse } from "../../gateway/protocol.ts";
import { type Hop, nextHop } from "../../lib/redirects.ts";
import type { FetchToPage } from "./fetch-messages.ts";
import type { FetchedThrough } from "./gateway-client.ts";

const MAX_REDIRECTS = 20;

/** One request of a worker, or what a redirect makes of it. */
export type FetchHop = Hop<ArrayBuffer>;

/** An answer that is to be shown to the worker. */
export type Answered = FetchedThrough & { readonly head: Extract<FetchResponse, { kind: "response" }> };

/**
 * Follows redirects as far as the request wants it. The page does that itself, so that each hop is judged by what it
 * carries and where it goes before it is sent, and nothing is sent twice.
 *
 * @param send makes one request, once it may be made
 */
export async function followRedirects(
  request: Extract<FetchToPage, { type: "request" }>,
  send: (hop: FetchHop) => Promise<Answered>,
): Promise<Answered> {
  const { method, headers, body, redirect } = request;
  const first: FetchHop = { url: new URL(request.url), method, headers, body };
  let hop = first;
  for (let count = 0; count <= MAX_REDIRECTS; count += 1) {
    const answered = await send(hop);
    const { head } = answered;
    const location = head.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
    const next = redirect === "manual" ? null : nextHop(hop, head.status, location);
    if (next === null) return { ...answered, head: { ...head, redirected: count > 0 } };
    await answered.body?.cancel();
    if ("code" in next) throw new Error(next.message);
    if (redirect === "error") throw new Error(`${hop.url.host} redirects, which this request doesn't allow.`);
    hop = next;
  }
  throw new Error(`${first.url.host} redirected more than ${MAX_REDIRECTS} times.`);
}

/** What the gateway is asked to do for one hop. */
export function requestFor(hop: FetchHop, allowed: readonly string[]): FetchRequest {
  const { url, method, headers } = hop;
  return { url: url.href, method, headers, redirect: "manual", allowed };
}
