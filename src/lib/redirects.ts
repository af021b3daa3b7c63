/** One request of a chain of redirects; the next one is another of these. */
export interface Hop<Body> {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null: none. */
  readonly body: Body | null;
}

/** Where a redirect leads nowhere: a code for errors, and a sentence. */
export interface NoWay {
  readonly code: "ERR_INVALID_URL" | "EACCES";
  readonly message: string;
}

const STATUSES: readonly number[] = [301, 302, 303, 307, 308];
const CREDENTIALS: readonly string[] = ["authorization", "cookie"];

/**
 * The request that an answer redirects to, as browsers make it; null where the answer is no redirect.
 * @param location the header as it came, one character a byte; undefined where there is none
 */
export function nextHop<Body>(
  hop: Hop<Body>,
  status: number,
  location: string | undefined,
): Hop<Body> | NoWay | null {
  if (!STATUSES.includes(status) || location === undefined) return null;
  // Browsers take this header for UTF-8.
  const target = new TextDecoder().decode(Uint8Array.from(location, (char) => char.charCodeAt(0)));
  if (!URL.canParse(target, hop.url)) {
    return {
      code: "ERR_INVALID_URL",
      message: `${hop.url.host} redirects to something that is no address.`,
    };
  }
  const url = new URL(target, hop.url);
  if (!/^https?:$/.test(url.protocol)) {
    return {
      code: "EACCES",
      message: `${hop.url.host} redirects to a ${url.protocol} address, which is not followed.`,
    };
  }
  const becomesGet = status === 303 ? hop.method !== "HEAD" : status < 303 && hop.method === "POST";
  return {
    url,
    method: becomesGet ? "GET" : hop.method,
    headers: redirectedHeaders(hop.headers, url.origin === hop.url.origin, !becomesGet),
    body: becomesGet ? null : hop.body,
  };
}

/** Headers for the next request: credentials stay with the origin that they were meant for. */
function redirectedHeaders(
  headers: Hop<unknown>["headers"],
  sameOrigin: boolean,
  keepsBody: boolean,
): Hop<unknown>["headers"] {
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    if (!sameOrigin && CREDENTIALS.includes(lower)) return false;
    return keepsBody || !lower.startsWith("content-");
  });
}
