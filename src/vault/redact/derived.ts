import type { NamedSecret } from "../types.ts";
import { longLines, SHORTEST_SECRET } from "./forms.ts";

/** Names of properties in a JSON key file whose values are secret. */
const SECRET_PROPERTY = /key|secret|token|passw|private|credential/i;

/** A path of a URL at least this long is taken for the secret part of a webhook address. */
const SECRET_PATH = 16;

/**
 * A secret and what a program makes of it by ordinary means: its value without the white space around it, each long
 * line of a PEM key and its body on one line, the secret properties of a JSON key file, what follows `Bearer `, the
 * password and the path of a URL. Values that are too short to be replaced are left out.
 */
export function withDerivedSecrets(secret: NamedSecret): NamedSecret[] {
  const { name } = secret;
  const value = secret.value.trim();
  const named = (text: string): NamedSecret => ({ name, value: text });
  const properties = jsonProperties(name, value);
  const found = [
    secret,
    named(value),
    ...(properties ?? longLines(value).map(named)),
    ...[pemBody(value), afterScheme(value), ...urlParts(value)].map(named),
  ];
  return found.filter((one) => Array.from(one.value.trim()).length >= SHORTEST_SECRET);
}

/** The base64 between the frames of a PEM file, on one line; empty where `value` is none. */
function pemBody(value: string): string {
  const body = /^-----BEGIN [\w ]+-----([\s\S]+?)-----END /.exec(value)?.[1] ?? "";
  return body.replace(/\s+/g, "");
}

function afterScheme(value: string): string {
  return /^(?:bearer|basic|token|bot|apikey)\s+(\S+)$/i.exec(value)?.[1] ?? "";
}

function urlParts(value: string): string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(value) || !URL.canParse(value)) return [];
  const url = new URL(value);
  const path = url.pathname + url.search;
  return [url.password, decoded(url.password), path.length >= SECRET_PATH ? path : ""];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The secret strings in a JSON object, each named by its path; null where `value` is no such object. */
function jsonProperties(name: string, value: string): NamedSecret[] | null {
  if (!value.startsWith("{")) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return null;
  }
  const found: NamedSecret[] = [];
  const visit = (node: unknown, path: string, property: string): void => {
    if (typeof node === "string") {
      const isAddress = /^https?:\/\//.test(node);
      if (SECRET_PROPERTY.test(property) && !isAddress) {
        const secret = { name: path, value: node };
        found.push(secret, ...longLines(node).map((line) => ({ ...secret, value: line })));
        found.push({ ...secret, value: pemBody(node) });
      }
    } else if (node !== null && typeof node === "object") {
      for (const [key, child] of Object.entries(node)) {
        visit(child, `${path}.${key}`, Array.isArray(node) ? property : key);
      }
    }
  };
  visit(parsed, name, "");
  return found;
}
