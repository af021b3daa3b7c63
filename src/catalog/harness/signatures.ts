/** Checks of signed requests, written from the standards and not with the libraries that the templates use. */
import { createHash, createHmac, createPublicKey, verify } from "node:crypto";
import type { SentRequest } from "./run-templates.ts";

/** A header's value, or an error that lists what was sent. */
export function headerOf(request: SentRequest, name: string): string {
  const found = request.headers.find(([key]) => key === name);
  if (found === undefined)
    throw new Error(`no ${name} among ${request.headers.map(([key]) => key).join(", ")}`);
  return found[1];
}

/** The address a request went to. */
export function urlOf(request: SentRequest): URL {
  return new URL(request.target, `${request.tlsHost === null ? "http" : "https"}://${request.host}`);
}

/** RFC 5849, HMAC-SHA1: throws unless the Authorization header's signature fits. */
export function checkOAuth1(
  request: SentRequest,
  consumerSecret: string,
  tokenSecret: string,
): Map<string, string> {
  const header = headerOf(request, "authorization");
  const given = new Map(
    Array.from(header.matchAll(/(\w+)="([^"]*)"/g), ([, key = "", value = ""]) => [
      key,
      decodeURIComponent(value),
    ]),
  );
  const url = urlOf(request);
  const parameters = [...url.searchParams, ...given].filter(
    ([key]) => key !== "oauth_signature" && key !== "realm",
  );
  const sorted = parameters.map(([key, value]) => `${strict(key)}=${strict(value)}`).sort();
  const base = [request.method, url.origin + url.pathname, sorted.join("&")].map(strict).join("&");
  const key = `${strict(consumerSecret)}&${strict(tokenSecret)}`;
  const expected = createHmac("sha1", key).update(base).digest("base64");
  if (given.get("oauth_signature") !== expected)
    throw new Error(`OAuth 1.0a: signature does not fit ${base}`);
  return given;
}

/** AWS Signature Version 4: throws unless the Authorization header's signature fits. Returns the access key's ID. */
export function checkAwsSignature(request: SentRequest, secret: string): string {
  const header = headerOf(request, "authorization");
  const part = (name: string) => new RegExp(`${name}=([^, ]+)`).exec(header)?.[1] ?? "";
  const [keyId = "", day = "", region = "", service = "", end = ""] = part("Credential").split("/");
  const names = part("SignedHeaders").split(";");
  const url = urlOf(request);
  const canonical = [
    request.method,
    url.pathname,
    [...url.searchParams]
      .map(([key, value]) => `${strict(key)}=${strict(value)}`)
      .sort()
      .join("&"),
    ...names.map((name) => `${name}:${headerOf(request, name).trim()}`),
    "",
    names.join(";"),
    sha256(request.body),
  ].join("\n");
  const scope = [day, region, service, end].join("/");
  const text = ["AWS4-HMAC-SHA256", headerOf(request, "x-amz-date"), scope, sha256(canonical)].join("\n");
  const key = [day, region, service, end].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  const expected = hmac(key, text).toString("hex");
  if (part("Signature") !== expected) throw new Error(`AWS: signature does not fit:\n${canonical}`);
  return keyId;
}

/** A JSON Web Token's header and claims; throws unless its signature fits the key. */
export function checkJwt(
  token: string,
  key: { secret: Buffer } | { publicKey: string },
): {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
} {
  const [head = "", body = "", signature = ""] = token.split(".");
  const signed = Buffer.from(`${head}.${body}`);
  const given = Buffer.from(signature, "base64url");
  const fits =
    "secret" in key
      ? createHmac("sha256", key.secret).update(signed).digest().equals(given)
      : verify("sha256", signed, createPublicKey(key.publicKey), given);
  if (!fits) throw new Error(`JWT: signature does not fit ${token}`);
  const parse = (part: string) =>
    JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  return { header: parse(head), claims: parse(body) };
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** RFC 3986 percent-encoding. */
function strict(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
