import type http from "node:http";
import type { Readable } from "node:stream";
import type { Context } from "hono";
import { z } from "zod";
import { type Hop, nextHop } from "../lib/redirects.ts";
import { describeError, NetworkError } from "./errors.ts";
import { incomingHeaders, outgoingHeaders } from "./http-headers.ts";
import { decodeBody, type HttpClient, hostOf, portOf } from "./http-request.ts";
import type { Policy, Route } from "./policy.ts";
import {
  FETCH_REQUEST_HEADER,
  FETCH_RESPONSE_HEADER,
  type FetchRequest,
  type FetchResponse,
} from "./protocol.ts";
import { sendStream } from "./send-stream.ts";

const maxRedirects = 20;

const requestSchema = z.object({
  url: z.url({ protocol: /^https?$/ }),
  // The two that browsers refuse, too: neither is about a resource.
  method: z.string().regex(/^(?!(connect|trace)$)[!#$%&'*+\-.^_`|~\da-z]+$/i),
  headers: z.array(z.tuple([z.string(), z.string()])),
  redirect: z.enum(["follow", "manual", "error"]),
  allowed: z.array(z.string()),
}) satisfies z.ZodType<FetchRequest>;

export interface FetchRouteOptions {
  readonly policy: Policy;
  readonly client: HttpClient;
  /** Largest body of a request, in bytes. */
  readonly maxBody: number;
}

/** Thrown where a hop needs the person's word. */
class NeedsPermission extends Error {
  readonly answer: Extract<FetchResponse, { kind: "ask" }>;
  constructor(answer: Extract<FetchResponse, { kind: "ask" }>) {
    super(`${answer.host}:${answer.port} needs permission`);
    this.answer = answer;
  }
}

/**
 * Makes the handler of FETCH_PATH: one HTTP request on behalf of the page, each of its hops judged by the policy and sent to
 * the very address that was judged.
 */
export function createFetchRoute({ policy, client, maxBody }: FetchRouteOptions) {
  async function routeOf(url: URL, allowed: readonly string[]): Promise<Route> {
    const host = hostOf(url);
    const port = portOf(url);
    const judgement = await policy.judge(host, port);
    if (
      judgement.kind === "ask" &&
      !allowed.includes(`${host}:${port}`) &&
      !allowed.includes(`[${host}]:${port}`)
    ) {
      const { address, range } = judgement;
      throw new NeedsPermission({ kind: "ask", host, port, address, range });
    }
    return judgement.route;
  }

  /** Follows redirects as far as the request wants them followed. */
  async function send(request: FetchRequest, first: Hop<Uint8Array>, signal: AbortSignal) {
    let hop = first;
    for (let count = 0; count <= maxRedirects; count += 1) {
      const route = await routeOf(hop.url, request.allowed).catch((error: unknown) => {
        throw count > 0 ? afterRedirect(error, first) : error;
      });
      const response = await client({ ...hop, headers: outgoingHeaders(hop.headers), route, signal });
      const next = request.redirect === "manual" ? null : redirected(hop, response);
      if (next === null) return { response, url: hop.url, redirected: count > 0 };
      response.destroy();
      if (request.redirect === "error") {
        throw new NetworkError(
          "ERR_UNEXPECTED_REDIRECT",
          `${hop.url.host} redirects, which this request doesn't allow.`,
        );
      }
      hop = next;
    }
    throw new NetworkError(
      "ERR_TOO_MANY_REDIRECTS",
      `${first.url.host} redirected more than ${maxRedirects} times.`,
    );
  }

  return async (context: Context): Promise<Response> => {
    const request = readRequest(context.req.header(FETCH_REQUEST_HEADER));
    if (request === null) {
      return context.json(
        { code: "BadRequest", message: `The header ${FETCH_REQUEST_HEADER} can't be read.` },
        400,
      );
    }
    const { signal } = context.req.raw;
    try {
      const body = /^(GET|HEAD)$/i.test(request.method) ? null : await readBody(context.req.raw, maxBody);
      const { method, headers } = request;
      const first: Hop<Uint8Array> = { url: new URL(request.url), method, headers, body };
      const { response, url, redirected } = await send(request, first, signal);
      const { body: stream, decoded } = decodeBody(response);
      const hasBody = method !== "HEAD" && ![204, 205, 304].includes(response.statusCode ?? 0);
      if (!hasBody) response.resume();
      return answer(
        context,
        {
          kind: "response",
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? "",
          url: withoutSecrets(url),
          redirected,
          headers: incomingHeaders(response.rawHeaders, decoded),
        },
        hasBody ? stream : null,
      );
    } catch (error) {
      if (error instanceof NeedsPermission) return answer(context, error.answer);
      return answer(context, { kind: "error", ...describeError(error) });
    }
  };
}

function readRequest(header: string | undefined): FetchRequest | null {
  try {
    const result = requestSchema.safeParse(JSON.parse(decodeURIComponent(header ?? "")));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

async function readBody(request: Request, limit: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > limit) {
      throw new NetworkError(
        "EFBIG",
        `The request's body is larger than ${limit} bytes; send it through a socket.`,
      );
    }
    parts.push(part);
  }
  return size === 0 ? null : Buffer.concat(parts);
}

function answer(context: Context, head: FetchResponse, body: Readable | null = null): Response {
  const headers = {
    [FETCH_RESPONSE_HEADER]: encodeURIComponent(JSON.stringify(head)),
    "content-type": "application/octet-stream",
    "cache-control": "no-store",
  };
  return body ? sendStream(context, 200, headers, body) : context.body(null, 200, headers);
}

/** The request that a redirect asks for; null where the response is no redirect. Throws where it leads nowhere. */
function redirected(hop: Hop<Uint8Array>, response: http.IncomingMessage): Hop<Uint8Array> | null {
  const next = nextHop(hop, response.statusCode ?? 0, response.headers.location);
  if (next && "code" in next) throw new NetworkError(next.code, next.message);
  return next;
}

/**
 * A question in the middle of a redirect would have the page send everything again. That is right for what only reads; else
 * the first server would act on it twice.
 */
function afterRedirect(error: unknown, { method, url }: Hop<Uint8Array>): unknown {
  if (!(error instanceof NeedsPermission) || /^(GET|HEAD)$/i.test(method)) return error;
  const { host, port, range } = error.answer;
  return new NetworkError(
    "EACCES",
    `${url.host} redirected this ${method} to ${host}:${port}, a ${range} address that this workflow may not reach yet.`,
  );
}

function withoutSecrets(url: URL): string {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  shown.hash = "";
  return shown.href;
}
