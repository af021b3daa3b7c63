/** What a person types into *Add host*. */
export interface ParsedHost {
  /** Lower case, punycode, an IPv6 address without brackets. */
  readonly host: string;
  /** Null: every port. */
  readonly port: number | null;
}

export type ParseResult =
  | { readonly ok: true; readonly value: ParsedHost }
  | { readonly ok: false; readonly problem: string };

const EXAMPLE = "Give a host such as api.example.com, 192.168.1.20:8080 or [::1]:5432.";
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Reads a host with or without a port. A pasted address is cut down to its host: scheme, user name, path and query go,
 * and a port that the address names stays.
 */
export function parseHost(text: string): ParseResult {
  const typed = text.trim();
  if (typed === "") return problem(EXAMPLE);
  if (/\s/.test(typed)) return problem(`A host has no spaces in it. ${EXAMPLE}`);
  if (typed.includes("*"))
    return problem(
      "Patterns with * can't be added: a permission is for one host. Add each host by its name.",
    );
  const authority = authorityOf(typed);
  if (authority === "") return problem(`There is no host in this address. ${EXAMPLE}`);
  const { name, port } = splitPort(authority);
  if (port !== null && !(/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    return problem("A port is a number from 1 to 65535.");
  const host = canonical(name);
  if (host === null) return problem(`“${name}” is not the name or address of a host. ${EXAMPLE}`);
  if (isLinkLocal(host))
    return problem(`${host} is a link-local or cloud metadata address: those are refused always.`);
  return { ok: true, value: { host, port: port === null ? null : Number(port) } };
}

function problem(text: string): ParseResult {
  return { ok: false, problem: text };
}

/** `user@host:port` of an address, without the user. */
function authorityOf(typed: string): string {
  const rest = typed.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/^\/\//, "");
  const authority = rest.split(/[/?#\\]/)[0] ?? "";
  return authority.slice(authority.lastIndexOf("@") + 1);
}

function splitPort(authority: string): { readonly name: string; readonly port: string | null } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(authority);
  if (bracketed) return { name: bracketed[1] ?? "", port: bracketed[2] ?? null };
  // More than one colon: an IPv6 address as it stands.
  const parts = authority.split(":");
  if (parts.length !== 2) return { name: authority, port: null };
  return { name: parts[0] ?? "", port: parts[1] ?? "" };
}

/** As the browser's own URL parser writes the host; null where it is none. */
function canonical(name: string): string | null {
  const isV6 = name.includes(":");
  let hostname: string;
  try {
    hostname = new URL(`http://${isV6 ? `[${name}]` : name}/`).hostname;
  } catch {
    return null;
  }
  if (isV6) return hostname.slice(1, -1);
  const host = hostname.replace(/\.$/, "");
  return host.length <= 253 && host.split(".").every((label) => LABEL.test(label)) ? host : null;
}

function isLinkLocal(host: string): boolean {
  return host.startsWith("169.254.") || /^fe[89ab][0-9a-f]:/.test(host);
}
