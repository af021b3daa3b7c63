import { expandTemplate, fieldsIn, filledFields } from "./fields.ts";
import type { App } from "./types.ts";

const HOST_NAME = /^[a-z0-9_](?:[a-z0-9_-]*)(?:\.[a-z0-9_](?:[a-z0-9_-]*))*$/;

/**
 * Hosts (lower case, without a port) an account of this app may talk to; a leading `*.` stands for any
 * subdomain. An entry whose field is empty, or whose value does not make a host name, is left out.
 */
export function allowedHosts(
  app: Pick<App, "fields" | "hosts">,
  fields: Readonly<Record<string, string>>,
): string[] {
  const values = filledFields(app, fields);
  const hosts = app.hosts.flatMap((template) => {
    if (fieldsIn(template).some((name) => values[name] === undefined)) return [];
    // Only the app's file may ask for all subdomains, never a value that somebody pasted.
    const wildcard = template.startsWith("*.") ? "*." : "";
    const expanded = expandTemplate(template.slice(wildcard.length), values).toLowerCase();
    const host = /^\{\w+\}$/.test(template) ? hostOf(expanded) : expanded;
    return host !== null && HOST_NAME.test(host) ? [wildcard + host] : [];
  });
  return [...new Set(hosts)];
}

/** True if `host` is one of the patterns that `allowedHosts` gives. */
export function coversHost(patterns: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase();
  return patterns.some((pattern) =>
    pattern.startsWith("*.") ? wanted.endsWith(pattern.slice(1)) : wanted === pattern,
  );
}

/** The host in what people paste into an address field: a URL, `host:port` or a bare host. */
function hostOf(address: string): string | null {
  const first = address.split(",")[0] ?? "";
  try {
    return new URL(first.includes("://") ? first : `https://${first}`).hostname;
  } catch {
    return null;
  }
}
