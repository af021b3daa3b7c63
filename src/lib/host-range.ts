import ipaddr from "ipaddr.js";

const KNOWN: Readonly<Record<string, "loopback" | "private">> = {
  loopback: "loopback",
  private: "private",
  carrierGradeNat: "private",
  uniqueLocal: "private",
  deprecatedSiteLocal: "private",
};

/** An address that is written as one, or null for a name. */
function addressIn(host: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : null;
}

/** One spelling for each host: lower case, ASCII, without brackets or a dot at its end; `127.1` is `127.0.0.1`. */
export function normalizeHost(host: string): string {
  const trimmed = host.trim().toLowerCase();
  const address = addressIn(trimmed);
  if (address) return address.toString();
  // Only what is a name from end to end: of anything else a URL would take a part for the host.
  const isName = !/[\s/\\?#@:%[\]]/.test(trimmed) && URL.canParse(`http://${trimmed}`);
  const ascii = isName ? new URL(`http://${trimmed}`).hostname : trimmed;
  return ascii.replace(/\.$/, "");
}

/** True of addresses and of `localhost`, which name a place by themselves: no name server is asked where they are. */
export function isLiteralHost(host: string): boolean {
  return isLocalhost(host) || addressIn(host) !== null;
}

/** Where a host is as far as it tells by itself; a name may turn out to be somewhere else than `public`. */
export function rangeOfHost(host: string): "loopback" | "private" | "public" {
  if (isLocalhost(host)) return "loopback";
  return KNOWN[addressIn(host)?.range() ?? ""] ?? "public";
}

function isLocalhost(host: string): boolean {
  return /^(.+\.)?localhost\.?$/i.test(host);
}
