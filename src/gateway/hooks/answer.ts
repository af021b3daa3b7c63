import type http from "node:http";
import type { HookResponse } from "../hooks-protocol.ts";

/**
 * On every answer of a hook, which is somebody's own text: whatever it says, it is never part of the app. It is shown in an origin of its
 * own and runs no script. Any page may read it (as in the original, whose answers to OPTIONS say the same).
 */
const ownHeaders: Readonly<Record<string, string>> = {
  "content-security-policy": "sandbox",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "cross-origin",
};

/**
 * Headers that a workflow doesn't set: those of the connection, those that tell a browser about the whole origin, which is the app's
 * (cookies, its storage, service workers, passwords, transport), and those by which a proxy in front is told to send something else.
 */
const refusedHeaders = new RegExp(
  `^(${[
    "connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|date|server",
    "set-cookie2?|clear-site-data|service-worker.*|www-authenticate|authentication-info|set-login",
    "content-security-policy.*|x-content-security-policy|x-webkit-csp|x-content-type-options|x-frame-options|x-xss-protection",
    "access-control-.*|cross-origin-.*|origin-agent-cluster|timing-allow-origin|permissions-policy|feature-policy|document-policy",
    "strict-transport-security|expect-ct|public-key-pins.*|alt-svc|alt-used|nel|report-to|reporting-endpoints|accept-ch|critical-ch",
    "referrer-policy|refresh|link|speculation-rules|supports-loading-mode|use-as-dictionary|no-vary-search|sourcemap|x-sourcemap",
    "x-accel-.*|x-sendfile.*|x-lighttpd-.*|x-litespeed-.*|x-reproxy-.*|x-dns-prefetch-control|x-permitted-cross-domain-policies",
  ].join("|")})$`,
  "i",
);

const headerName = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers of an answer that go out. */
function passableHeaders(headers: HookResponse["headers"]): HookResponse["headers"] {
  return headers.filter(
    ([name, value]) => headerName.test(name) && headerValue.test(value) && !refusedHeaders.test(name),
  );
}

/** Answers with what a workflow has said. */
export function sendAnswer(response: http.ServerResponse, { status, headers, body }: HookResponse): void {
  const bytes = Buffer.from(body, "base64");
  const passed = passableHeaders(headers);
  const given = new Set(passed.map(([name]) => name.toLowerCase()));
  for (const [name, value] of passed) response.appendHeader(name, value);
  if (!given.has("content-type")) response.setHeader("content-type", "text/html; charset=utf-8");
  if (!given.has("cache-control")) response.setHeader("cache-control", "no-store");
  finish(response, status, bytes);
}

/** Answers with words of the gateway's own. `isReadable`: also to pages of others, who may not learn whether a token is known. */
export function sendWords(
  response: http.ServerResponse,
  status: number,
  words: string,
  headers: Readonly<Record<string, string>> = {},
  isReadable = true,
): void {
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  finish(response, status, Buffer.from(words), isReadable);
}

/** Answers the question of a browser whether a page of another may send a request. */
export function sendPreflight(response: http.ServerResponse, asked: string | undefined): void {
  response.setHeader("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
  if (asked !== undefined && headerValue.test(asked))
    response.setHeader("access-control-allow-headers", asked);
  finish(response, 204, null);
}

function finish(
  response: http.ServerResponse,
  status: number,
  bytes: Buffer | null,
  isReadable = true,
): void {
  if (response.headersSent || response.destroyed) return;
  for (const [name, value] of Object.entries(ownHeaders)) response.setHeader(name, value);
  if (isReadable) response.setHeader("access-control-allow-origin", "*");
  const hasBody = bytes !== null && status !== 204 && status !== 304;
  if (hasBody) response.setHeader("content-length", bytes.length);
  else response.removeHeader("content-type");
  response.writeHead(status);
  response.end(hasBody && response.req.method !== "HEAD" ? bytes : undefined);
}

/** What the original answers where no step says otherwise. */
export const defaultAnswer: HookResponse = {
  status: 200,
  headers: [["content-type", "text/html; charset=utf-8"]],
  body: Buffer.from(
    "<p><b>Success!</b></p>\n<p>To answer something else, call pd.respond() in a step of the workflow.</p>\n",
  ).toString("base64"),
};
