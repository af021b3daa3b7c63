import net from "node:net";
import os from "node:os";
import { classifyAddress } from "../addresses.ts";

/** One name under which the gateway's page may be opened. */
export interface Site {
  /** Exactly what the Host header says. */
  readonly host: string;
  /** Exactly what the Origin header says. */
  readonly origin: string;
}

export interface SitesOptions {
  /** What the gateway listens on: an address, `localhost`, or a name. */
  readonly host: string;
  readonly port: number;
  /** The gateway speaks TLS itself. */
  readonly secure: boolean;
  /** Names and addresses of its own certificate. */
  readonly certified?: readonly string[];
  /** What a person types where a proxy stands in front. */
  readonly publicUrl?: URL | undefined;
  /** Addresses of this machine; read from its interfaces by default. */
  readonly addresses?: readonly string[];
}

/** True for what only this machine itself can reach. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || (net.isIP(host) !== 0 && classifyAddress(host) === "loopback");
}

/**
 * Every site of the gateway, the one to show first. Behind a proxy that speaks TLS for it there is only the public one: what
 * the gateway itself speaks then is not for people.
 */
export function sitesOf({ host, port, secure, certified = [], publicUrl, ...options }: SitesOptions): Site[] {
  const scheme = secure ? "https" : "http";
  const usual = secure ? 443 : 80;
  const direct = [...certified, ...namesOf(host, options.addresses ?? machineAddresses())].flatMap((name) => {
    const shown = net.isIPv6(name) ? `[${name}]` : name.toLowerCase();
    const hosts = port === usual ? [shown, `${shown}:${port}`] : [`${shown}:${port}`];
    // Browsers leave the usual port out of an origin.
    return hosts.map((value) => ({ host: value, origin: `${scheme}://${hosts[0]}` }));
  });
  if (!publicUrl) return unique(direct);
  const seen = { host: publicUrl.host, origin: publicUrl.origin };
  return unique([seen, ...(secure ? direct : [])]);
}

function namesOf(host: string, addresses: readonly string[]): readonly string[] {
  if (host === "127.0.0.1" || host === "localhost") return ["127.0.0.1", "localhost"];
  if (host === "::1") return ["::1", "localhost"];
  if (host !== "0.0.0.0" && host !== "::") return [host];
  const reachable = addresses.filter(
    (address) => !address.includes("%") && !/^fe80:/i.test(address) && (host === "::" || net.isIPv4(address)),
  );
  const others = reachable.filter((address) => !isLoopbackHost(address));
  return [...others, ...reachable.filter(isLoopbackHost), "localhost"];
}

function machineAddresses(): readonly string[] {
  return Object.values(os.networkInterfaces()).flatMap((list) => (list ?? []).map((entry) => entry.address));
}

function unique(sites: readonly Site[]): Site[] {
  return [...new Map(sites.map((site) => [site.host, site])).values()];
}
