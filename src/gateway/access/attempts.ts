import net from "node:net";
import { innermostAddress } from "../addresses.ts";

/** After so many wrong passwords an address waits for a second, and with each further one twice as long. */
const FREE = 5;
const LONGEST_WAIT = 15 * 60_000;
/** An address that has been quiet for this long starts anew. */
const FORGET_AFTER = 60 * 60_000;
/** Wrong passwords of all addresses together: so many at once, and then one a second. */
const OVERALL = 60;
const OVERALL_EVERY = 1000;
const MAX_ADDRESSES = 10_000;

/** Slows down whoever guesses the password. Times in milliseconds. */
export interface Attempts {
  /** How long this address has to wait before a password of its is looked at; 0: not at all. */
  wait(address: string): number;
  failed(address: string): void;
  succeeded(address: string): void;
}

export function createAttempts(now: () => number = Date.now): Attempts {
  const failures = new Map<string, { count: number; last: number }>();
  let spent = 0;
  let spentAt = now();

  /** Wrong passwords of late, by anyone. */
  function pressure(): number {
    return Math.max(0, spent - (now() - spentAt) / OVERALL_EVERY);
  }

  return {
    wait(address) {
      const overall = (pressure() - OVERALL + 1) * OVERALL_EVERY;
      const known = failures.get(keyOf(address));
      const own = known && known.count >= FREE ? known.last + delay(known.count) - now() : 0;
      return Math.max(0, Math.ceil(own), Math.ceil(overall));
    },
    failed(address) {
      const key = keyOf(address);
      const known = failures.get(key);
      const count = known && now() - known.last < FORGET_AFTER ? known.count + 1 : 1;
      // The one that was quiet for longest goes first.
      failures.delete(key);
      const oldest = failures.keys().next();
      if (failures.size >= MAX_ADDRESSES && !oldest.done) failures.delete(oldest.value);
      failures.set(key, { count, last: now() });
      spent = pressure() + 1;
      spentAt = now();
    },
    succeeded(address) {
      failures.delete(keyOf(address));
    },
  };
}

function delay(count: number): number {
  return Math.min(LONGEST_WAIT, 1000 * 2 ** (count - FREE));
}

/** Whoever has one IPv6 address has the 2⁶⁴ around it, too. */
function keyOf(address: string): string {
  const inner = innermostAddress(address);
  if (!net.isIPv6(inner)) return inner;
  const [head = "", tail] = inner.split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => "0");
  return `${[...front, ...zeros, ...back].slice(0, 4).join(":")}::/64`;
}
