import type { BodyContent, ShownConnection, ShownExchange, ShownMessage } from "./types.ts";

/** Of one result's headers and bodies together, in characters. */
export const STORED_DETAILS = 2 * 1024 * 1024;
/** Of one result's exchanges. */
export const STORED_EXCHANGES = 5000;

/**
 * What is stored of a step's connections: the newest exchanges, and of those as many bodies, then headers, as there is room
 * for. The others' details are left out.
 */
export function storedNetwork(
  network: readonly ShownConnection[],
  details = STORED_DETAILS,
): readonly ShownConnection[] {
  let room = details;
  let left = STORED_EXCHANGES;

  function fit(exchange: ShownExchange): ShownExchange {
    for (const smaller of [exchange, withoutBodies(exchange)]) {
      const size = sizeOf(smaller.request) + sizeOf(smaller.response);
      if (size > room) continue;
      room -= size;
      return smaller;
    }
    return { ...exchange, request: null, response: null };
  }

  return network
    .toReversed()
    .map((connection) => {
      const newest = left === 0 ? [] : connection.exchanges.slice(-left);
      left -= newest.length;
      return { ...connection, exchanges: newest.toReversed().map(fit).toReversed() };
    })
    .toReversed();
}

function withoutBodies(exchange: ShownExchange): ShownExchange {
  const strip = (message: ShownMessage | null): ShownMessage | null =>
    message && contentSize(message.body.content) > 0
      ? { ...message, body: { ...message.body, content: { kind: "left-out", why: "not-stored" } } }
      : message;
  return { ...exchange, request: strip(exchange.request), response: strip(exchange.response) };
}

function sizeOf(message: ShownMessage | null): number {
  if (message === null) return 0;
  const headers = (message.headers ?? []).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return headers + contentSize(message.body.content);
}

function contentSize(content: BodyContent): number {
  if (content.kind === "text") return content.text.length;
  if (content.kind === "image") return content.base64.length;
  return content.kind === "bytes" ? content.latin1.length : 0;
}
