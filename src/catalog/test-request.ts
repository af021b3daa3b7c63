import { expandTemplate, filledFields, MissingField } from "./fields.ts";
import { allowedHosts, coversHost } from "./hosts.ts";
import type { App } from "./types.ts";

/** An HTTP request with the credential in its place. Holds secrets: not for logs. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** True if only the app's own Python can make its test request: it signs, or speaks another protocol. */
export function testsInPython(app: Pick<App, "placements">): boolean {
  return app.placements.some((placement) => placement.in === "code");
}

/**
 * The app's test request for one account.
 * @throws MissingField where a needed field is empty
 * @throws Error where the fields do not make one of the app's own addresses, or `testsInPython(app)` holds
 */
export function testRequestOf(app: App, fields: Readonly<Record<string, string>>): HttpRequest {
  if (testsInPython(app)) {
    throw new Error(`${app.name} signs its requests in Python: run its template to test an account.`);
  }
  const values = filledFields(app, fields);
  for (const field of app.fields) {
    if (!field.optional && values[field.name] === undefined) throw new MissingField(field.name, app.name);
  }
  const { method, url: template, headers: fixed, json } = app.testRequest;
  const url = addressOf(app, template, values);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(fixed ?? {})) headers[name] = expandTemplate(value, values);
  let body = json === undefined ? undefined : expandJson(json, values);

  for (const placement of app.placements) {
    if (placement.in === "basic") {
      const pair = `${expandTemplate(placement.username, values)}:${expandTemplate(placement.password, values)}`;
      headers.Authorization = `Basic ${base64(pair)}`;
    }
    if (placement.in === "path" || placement.in === "basic" || placement.in === "code") continue;
    const value = expandOptional(app, placement.value, values);
    if (value === null) continue;
    if (placement.in === "header") headers[placement.name] = value;
    if (placement.in === "query") url.searchParams.set(placement.name, value);
    if (placement.in === "body") body = { ...(body as object | undefined), [placement.name]: value };
  }
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return { method, url: url.href, headers, body: body === undefined ? null : JSON.stringify(body) };
}

/** Null where the template leans on an optional field that the account leaves empty. */
function expandOptional(app: App, template: string, values: Record<string, string>): string | null {
  try {
    return expandTemplate(template, values);
  } catch (error) {
    const missing = error instanceof MissingField ? error.field : null;
    if (app.fields.some((field) => field.name === missing && field.optional)) return null;
    throw error;
  }
}

/**
 * The test request's address. A field that is the whole origin (`{base_url}/…`) or the whole host
 * (`https://{domain}/…`) may be pasted with or without its scheme and a trailing slash.
 */
function addressOf(app: App, template: string, values: Record<string, string>): URL {
  const [, origin = "", rest = ""] = /^(\{\w+\}|https:\/\/[^/?#]+)(.*)$/.exec(template) ?? [];
  const [path = "", query] = rest.split("?", 2);
  const start = /^https:\/\/\{\w+\}$/.test(origin) ? origin.slice("https://".length) : origin;
  const expanded = expandTemplate(start, values).replace(/\/+$/, "");
  const text =
    (/^[a-z][a-z0-9+.-]*:\/\//i.test(expanded) ? expanded : `https://${expanded}`) +
    expandTemplate(path, values, encodePathPart) +
    (query === undefined ? "" : `?${expandTemplate(query, values, encodeURIComponent)}`);
  const url = parse(text);
  if (url === null || !coversHost(allowedHosts(app, values), url.hostname)) {
    const names = app.fields.filter((field) => template.includes(`{${field.name}}`) && !field.secret);
    const where = names.map((field) => `"${field.name}"`).join(", ") || "its address";
    throw new Error(`This is not an address of ${app.name}: check ${where} of the account.`);
  }
  return url;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Keeps what may stand in a path (`:` of a bot's token), encodes what would end it. */
function encodePathPart(value: string): string {
  return encodeURI(value).replace(/[/?#]/g, encodeURIComponent);
}

function expandJson(json: unknown, values: Record<string, string>): unknown {
  if (typeof json === "string") return expandTemplate(json, values);
  if (Array.isArray(json)) return json.map((item) => expandJson(item, values));
  if (json === null || typeof json !== "object") return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, expandJson(value, values)]));
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
