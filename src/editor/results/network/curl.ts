import type { ShownBody, ShownConnection, ShownExchange } from "../../../runs/index.ts";
import { isWhole, originOf } from "./url.ts";

/** What curl sends by itself where it isn't told otherwise. */
const CURLS_OWN = ["User-Agent", "Accept"];
/** What curl works out from the command. */
const DERIVED = new Set(["host", "content-length"]);
const BODY_FILE = "body.bin";

/**
 * The command that makes the same request with curl, for a POSIX shell. Secrets in it are their marks. A body that is not
 * there as text is read from a file that a comment describes.
 */
export function curlCommand(connection: ShownConnection, exchange: ShownExchange): string {
  const headers = exchange.request?.headers ?? [];
  const body = exchange.request?.body;
  const named = new Set(headers.map(([name]) => name.toLowerCase()));
  const comments: string[] = [];
  const parts = ["curl"];

  if (connection.tls && connection.verified === false) parts.push("-k");
  if (exchange.version === "HTTP/1.0") parts.push("--http1.0");
  else if (exchange.version === "HTTP/1.1") parts.push("--http1.1");
  parts.push(...target(connection, exchange, headers));

  const hasBody = body !== undefined && (body.size > 0 || named.has("content-length"));
  parts.push(...method(exchange.method, hasBody));
  for (const [name, value] of headers) {
    if (DERIVED.has(name.toLowerCase())) continue;
    parts.push(`-H ${quote(value === "" ? `${name};` : `${name}: ${value}`)}`);
  }
  const unwanted = hasBody ? [...CURLS_OWN, "Content-Type"] : CURLS_OWN;
  for (const name of unwanted) if (!named.has(name.toLowerCase())) parts.push(`-H '${name}:'`);
  if (/\b(?:gzip|deflate)\b/i.test(headerValue(headers, "accept-encoding"))) parts.push("--compressed");

  if (hasBody) {
    const text = sendableText(body);
    if (text === null) {
      comments.push(`# ${BODY_FILE}: put the request's body there first. ${describeFile(body)}`);
      parts.push(`--data-binary @${BODY_FILE}`);
    } else parts.push(`--data-raw ${quote(text)}`);
  }
  return [...comments, parts.join(" \\\n  ")].join("\n");
}

/** The address, and how curl gets there where that isn't what it says. */
function target(
  connection: ShownConnection,
  { method: verb, path }: ShownExchange,
  headers: readonly (readonly [string, string])[],
): string[] {
  const { host, port } = connection;
  // Else curl would take brackets and braces for ranges, and tidy up dots.
  const address = (url: string) => ["--globoff", "--path-as-is", quote(url)];
  if (isWhole(path)) return [`--proxy ${quote(originOf(connection, host))}`, ...address(path)];
  if (verb === "CONNECT") return address(originOf(connection, host));
  const written = headerValue(headers, "host") || host;
  const url = (name: string) => {
    const whole = originOf(connection, name);
    return path === "*" ? [`--request-target '*'`, ...address(`${whole}/`)] : address(whole + path);
  };
  const name = hostOf(written);
  if (name === host || name === "") return url(host);
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return [`--connect-to ${quote(`::${bracketed}:${port}`)}`, ...url(name)];
}

function method(verb: string, hasBody: boolean): string[] {
  if (verb === "HEAD") return ["--head"];
  return verb === (hasBody ? "POST" : "GET") ? [] : [`-X ${quote(verb)}`];
}

/** The body as an argument; null where it can't be one. */
function sendableText({ content, isCut, encoding, charset }: ShownBody): string | null {
  if (content.kind === "empty") return "";
  if (content.kind !== "text" || isCut || encoding !== "" || content.text.includes("\0")) return null;
  const isUtf8 = charset === "" || /^(?:utf-?8|us-ascii)$/.test(charset);
  return isUtf8 || /^[\0-\x7f]*$/.test(content.text) ? content.text : null;
}

function describeFile({ size, mediaType, encoding, isCut }: ShownBody): string {
  const what = [mediaType || "no type given", ...(encoding === "" ? [] : [encoding])].join(", ");
  return `It was ${size.toLocaleString("en")} bytes (${what})${isCut ? ", more than is kept of it" : ""}.`;
}

function headerValue(headers: readonly (readonly [string, string])[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

/** A `Host` header's value without its port. */
function hostOf(value: string): string {
  return value.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

/** One word of a POSIX shell, whatever is in it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
