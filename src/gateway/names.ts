import dns from "node:dns/promises";
import { literalAddress } from "./addresses.ts";
import { NetworkError } from "./errors.ts";

/** Where a host is. */
interface Location {
  /** In the order in which they are to be tried; never empty. */
  readonly addresses: readonly string[];
  /** Given by `GatewayOptions.resolve`: counts as public wherever it points. */
  readonly given: boolean;
  /** Port to use instead of the asked one; only `GatewayOptions.resolve` gives one. */
  readonly port: number | null;
}

export interface NameOptions {
  readonly resolve?: ((host: string) => Promise<string | null>) | undefined;
  readonly lookups: number;
  /** Milliseconds for which an answer is kept. */
  readonly keepMs?: number;
}

export type LookUp = (host: string) => Promise<Location>;

/** Candidates of one name beyond which the rest is not tried. */
const maxAddresses = 4;
const maxKept = 1000;

/**
 * Makes the one function that turns hosts into addresses. Answers are kept for a moment, so that a name can't change
 * between being judged and being connected to, and equal questions at the same time are asked once.
 * Throws `ENOTFOUND`, `EAI_AGAIN` (also for too many questions at a time) or `EINVAL` for what can't be a host.
 */
export function createLookUp(options: NameOptions): LookUp {
  const kept = new Map<string, { answer: Promise<Location>; until: number }>();
  let pending = 0;

  async function ask(host: string): Promise<Location> {
    const literal = literalAddress(host);
    if (literal !== null) return { addresses: [literal], given: false, port: null };
    const given = await options.resolve?.(host);
    if (given) return parseGiven(given);
    return { addresses: await systemLookUp(host), given: false, port: null };
  }

  return async (rawHost) => {
    const host = checkHost(rawHost);
    const known = kept.get(host);
    if (known && known.until > Date.now()) return known.answer;
    if (pending >= options.lookups) {
      throw new NetworkError("EAI_AGAIN", `Too many name look-ups at a time; ${host} was not looked up.`);
    }
    pending += 1;
    const answer = ask(host).finally(() => {
      pending -= 1;
    });
    if (kept.size >= maxKept) kept.clear();
    kept.set(host, { answer, until: Date.now() + (options.keepMs ?? 30_000) });
    answer.catch(() => kept.delete(host));
    return answer;
  };
}

function checkHost(host: string): string {
  const trimmed = host.toLowerCase().replace(/\.$/, "");
  if (trimmed === "" || trimmed.length > 253 || /[\s/\\?#@\0]/.test(trimmed)) {
    throw new NetworkError("EINVAL", "That is not a host name or address.");
  }
  return trimmed;
}

async function systemLookUp(host: string): Promise<readonly string[]> {
  const found = await dns.lookup(host, { all: true, order: "ipv4first" });
  if (found.length === 0) throw new NetworkError("ENOTFOUND", `getaddrinfo ENOTFOUND ${host}`);
  return found.slice(0, maxAddresses).map((entry) => entry.address);
}

/** `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`. */
function parseGiven(given: string): Location {
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(given);
  const address = match?.[1] ?? match?.[2] ?? given;
  return { addresses: [address], given: true, port: match?.[3] ? Number(match[3]) : null };
}
