import ipaddr from "ipaddr.js";

/** What the gateway thinks of an address. `forbidden` ones are never connected to. */
export type AddressKind = "public" | "private" | "loopback" | "forbidden";

const kindOfRange: Readonly<Record<string, AddressKind>> = {
  unicast: "public",
  private: "private",
  carrierGradeNat: "private",
  uniqueLocal: "private",
  deprecatedSiteLocal: "private",
  loopback: "loopback",
};

/** Where clouds serve the machine's own credentials, besides 169.254.0.0/16: Alibaba, Azure, AWS and Google over IPv6. */
const metadataAddresses = new Set(
  ["100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254"].map((a) =>
    ipaddr.parse(a).toString(),
  ),
);

const strictness: readonly AddressKind[] = ["public", "private", "loopback", "forbidden"];

/** The one of the two that is treated with more care. */
export function stricter(a: AddressKind, b: AddressKind): AddressKind {
  return strictness.indexOf(a) > strictness.indexOf(b) ? a : b;
}

/**
 * The address that a host names by itself, in the form in which it will be connected to; null for a name.
 * Takes every form that the system's own resolver takes: `127.1`, `0x7f000001`, `017700000001`, `[::1]`.
 */
export function literalAddress(host: string): string | null {
  const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
  if (!ipaddr.isValid(bare)) return null;
  const address = ipaddr.parse(bare);
  return address.kind() === "ipv6" ? plain(address) : address.toString();
}

/** Judges an address after taking apart the IPv6 forms that carry an IPv4 address in them. */
export function classifyAddress(address: string): AddressKind {
  const parsed = parse(address);
  if (parsed === null) return "forbidden";
  if (parsed.kind() === "ipv4") return classifyPlain(parsed);
  const six = parsed as ipaddr.IPv6;
  const carried = carriedAddress(six);
  if (carried === null) return classifyPlain(six);
  // An ISATAP address is routed by its prefix, so both halves count; the others reach the carried address only.
  return isIsatap(six) ? stricter(classifyPlain(six), classifyPlain(carried)) : classifyPlain(carried);
}

/** Addresses that even a configured host may not be at: they belong to the link or to the cloud's own services. */
export function isLinkLocalOrMetadata(address: string): boolean {
  const parsed = parse(innermostAddress(address));
  return parsed === null || parsed.range() === "linkLocal" || metadataAddresses.has(parsed.toString());
}

/** The IPv4 address that an address ends up at, where it carries one; else the address itself, without its zone. */
export function innermostAddress(address: string): string {
  const parsed = parse(address);
  if (parsed === null) return address;
  if (parsed.kind() === "ipv4") return parsed.toString();
  return (carriedAddress(parsed as ipaddr.IPv6) ?? parsed).toString().replace(/%.*$/, "");
}

function parse(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  return ipaddr.isValid(address) ? ipaddr.parse(address) : null;
}

function plain(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  const six = address as ipaddr.IPv6;
  return six.isIPv4MappedAddress() ? six.toIPv4Address().toString() : six.toString();
}

function classifyPlain(address: ipaddr.IPv4 | ipaddr.IPv6): AddressKind {
  if (metadataAddresses.has(address.toString().replace(/%.*$/, ""))) return "forbidden";
  return kindOfRange[address.range()] ?? "forbidden";
}

function carriedAddress(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const parts = address.parts;
  const last = () => fromParts(parts[6], parts[7]);
  switch (address.range()) {
    case "ipv4Mapped":
    case "rfc6145":
      return last();
    case "rfc6052":
      // 64:ff9b:1::/48 is for local use: what it reaches can't be known, and the range stays forbidden.
      return parts[2] === 0 ? last() : null;
    case "6to4":
      return fromParts(parts[1], parts[2]);
    case "unicast":
      if (isIsatap(address)) return last();
      // ::a.b.c.d, the IPv4-compatible form of long ago.
      return parts.slice(0, 6).every((part) => part === 0) ? last() : null;
    default:
      return isIsatap(address) ? last() : null;
  }
}

/** `…:0:5efe:a.b.c.d` or `…:200:5efe:a.b.c.d`. */
function isIsatap(address: ipaddr.IPv6): boolean {
  return (address.parts[4] === 0 || address.parts[4] === 0x200) && address.parts[5] === 0x5efe;
}

function fromParts(high = 0, low = 0): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255]);
}
