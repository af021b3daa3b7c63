/** Stands in for `node:dns/promises` in tests that play a hostile name server. */
import { type LookupAddress, lookup as systemLookup } from "node:dns";
import net from "node:net";
import { promisify } from "node:util";

const real = promisify(systemLookup);

/** Name → what its server answers, call by call; the last answer stays. */
export const answers = new Map<string, (readonly string[])[]>();
/** Names that were asked for, in order. */
export const asked: string[] = [];

async function lookup(host: string, options: { all: true }): Promise<LookupAddress[]> {
  asked.push(host);
  const known = answers.get(host);
  if (!known) return real(host, options);
  const now = (known.length > 1 ? known.shift() : known[0]) ?? [];
  return now.map((address) => ({ address, family: net.isIP(address.replace(/%.*$/, "")) }));
}

export default { lookup };
