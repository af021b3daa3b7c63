import type http from "node:http";
import { NetworkError } from "./errors.ts";
import { outgoingHeaders } from "./http-headers.ts";
import { type HttpClient, hostOf, portOf } from "./http-request.ts";
import type { Policy } from "./policy.ts";

/** Gets something that the package index names. Follows redirects; rejects with Node's errors. */
export type PackageSource = (
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<{ readonly response: http.IncomingMessage; readonly url: URL }>;

const maxRedirects = 5;

/**
 * Makes the source. The credentials of `indexUrl` go to its own origin and nowhere else. Its host was chosen by the person, so it
 * may be at a private address, and then so may what it names; an index at a public address leads to public ones only.
 */
export function createPackageSource(
  indexUrl: () => Promise<URL>,
  client: HttpClient,
  policy: Policy,
): PackageSource {
  return async (start, headers, signal) => {
    const index = await indexUrl();
    let url = new URL(start);
    for (let count = 0; count <= maxRedirects; count += 1) {
      if (!/^https?:$/.test(url.protocol)) {
        throw new NetworkError("EACCES", `A ${url.protocol} address is not followed.`);
      }
      if (url.origin === index.origin && !url.username) {
        url.username = index.username;
        url.password = index.password;
      }
      const route = await policy.judgeConfigured(hostOf(url), portOf(url), hostOf(index));
      const response = await client({
        url,
        route,
        method: "GET",
        headers: outgoingHeaders(Object.entries(headers)),
        body: null,
        signal,
      });
      const { location } = response.headers;
      if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined) {
        return { response, url };
      }
      response.destroy();
      url = new URL(location, url);
    }
    throw new NetworkError("ERR_TOO_MANY_REDIRECTS", `${url.host} redirected too often.`);
  };
}
