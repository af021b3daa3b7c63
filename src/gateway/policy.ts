import os from "node:os";
import { classifyAddress, innermostAddress, isLinkLocalOrMetadata, stricter } from "./addresses.ts";
import { NetworkError } from "./errors.ts";
import type { LookUp } from "./names.ts";
import type { AddressRange } from "./protocol.ts";

/** Where a connection may go: addresses that were judged, to be tried in this order, and no others. */
export interface Route {
  readonly host: string;
  readonly addresses: readonly [string, ...string[]];
  readonly port: number;
}

/** `ask`: the route may be used once the person has said so. */
export type Judgement =
  | { readonly kind: "go"; readonly route: Route }
  | { readonly kind: "ask"; readonly route: Route; readonly address: string; readonly range: AddressRange };

export interface Policy {
  /** Looks the host up once and judges where it is. Throws `EACCES` where it may never go, or the look-up's error. */
  judge(host: string, port: number): Promise<Judgement>;
  /** The address of a host, for Python's own look-ups. Throws the look-up's error, or `EACCES` for what may not be known. */
  resolve(host: string): Promise<string>;
  /**
   * For a host that the person has configured (a package index): every range but the gateway itself and link-local. What such a
   * host leads to (`from` it) may be in those only where it is in one itself.
   */
  judgeConfigured(host: string, port: number, from?: string): Promise<Route>;
}

export interface PolicyOptions {
  readonly lookUp: LookUp;
  /** The port that the gateway itself listens on. */
  readonly ownPort: () => number;
  /** Other machines can reach the gateway: what is private stays out of their reach. */
  readonly remote?: boolean;
  /** Addresses of this machine; read from its interfaces by default. */
  readonly ownAddresses?: () => readonly string[];
}

/** Makes the one place that decides where a connection may go. */
export function createPolicy(options: PolicyOptions): Policy {
  const { lookUp, ownPort, remote = false, ownAddresses = machineAddresses } = options;

  function isGateway(address: string, port: number): boolean {
    if (port !== ownPort()) return false;
    const inner = innermostAddress(address);
    return (
      classifyAddress(address) === "loopback" ||
      /^0\.|^::$/.test(inner) ||
      ownAddresses().some((own) => innermostAddress(own) === inner)
    );
  }

  async function locate(host: string, port: number) {
    const location = await lookUp(host);
    const target = { ...location, port: location.port ?? port };
    if (target.addresses.some((address) => isGateway(address, target.port))) {
      throw new NetworkError("EACCES", `${host}:${port} is Runnel's own gateway, which steps can't reach.`);
    }
    return target;
  }

  return {
    async judge(host, port) {
      const target = await locate(host, port);
      const usable = target.given
        ? target.addresses
        : target.addresses.filter((address) => classifyAddress(address) !== "forbidden");
      const [first, ...rest] = usable;
      if (first === undefined) {
        const where = target.addresses.join(", ");
        throw new NetworkError(
          "EACCES",
          where === host
            ? `${host} is in a range that steps can never reach (link-local, metadata or reserved).`
            : `${host} is at ${where}, in a range that steps can never reach (link-local, metadata or reserved).`,
        );
      }
      const route: Route = { host, addresses: [first, ...rest], port: target.port };
      if (target.given) return { kind: "go", route };
      const kind = usable.map(classifyAddress).reduce(stricter);
      if (kind !== "private" && kind !== "loopback") return { kind: "go", route };
      const address = usable.find((candidate) => classifyAddress(candidate) === kind) ?? first;
      if (remote) throw outOfBounds(host, address, kind);
      return { kind: "ask", route, address, range: kind };
    },
    async resolve(host) {
      const { addresses, given } = await lookUp(host);
      const inner = given || !remote ? undefined : addresses.find((address) => !isPublic(address));
      // Names of an internal network are nobody's business outside of it.
      if (inner !== undefined) throw outOfBounds(host, inner, classifyAddress(inner));
      return addresses[0] ?? "";
    },
    async judgeConfigured(host, port, from = host) {
      const target = await locate(host, port);
      const inner = target.given ? undefined : target.addresses.find((address) => !isPublic(address));
      if (inner !== undefined && from !== host) {
        const start = await lookUp(from);
        if (start.given || start.addresses.every(isPublic))
          throw new NetworkError(
            "EACCES",
            `${from} leads to ${host}, which is at ${inner}, no public address.`,
          );
      }
      const [first, ...rest] = target.given
        ? target.addresses
        : target.addresses.filter((address) => !isLinkLocalOrMetadata(address));
      if (first === undefined) {
        throw new NetworkError("EACCES", `${host} is at a link-local address, which is never used.`);
      }
      return { host, addresses: [first, ...rest], port: target.port };
    },
  };
}

function isPublic(address: string): boolean {
  return classifyAddress(address) === "public";
}

function outOfBounds(host: string, address: string, kind: string): NetworkError {
  const where = address === host ? "" : ` at ${address},`;
  return new NetworkError(
    "EACCES",
    `${host} is${where} a ${kind} address. This Runnel can be reached from other machines (--host, --public-url), so steps reach public addresses only. To use private ones, run Runnel on the machine that may reach them, with npm start.`,
  );
}

function machineAddresses(): readonly string[] {
  return Object.values(os.networkInterfaces()).flatMap((list) => (list ?? []).map((entry) => entry.address));
}
