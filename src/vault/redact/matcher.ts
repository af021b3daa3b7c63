/**
 * Finds any of many texts in a long one, in one pass whose cost does not grow with their number: a hash of the last four
 * characters is looked up at each place, and only where a text begins with such four is it compared in full.
 */

/** A text to look for, and what to put in its place. */
export interface Pattern {
  readonly text: string;
  readonly mark: string;
  /** A mark that stands there already: it is passed over, and nothing inside it is looked at. */
  readonly isMark: boolean;
}

export interface Match {
  readonly start: number;
  readonly end: number;
  readonly pattern: Pattern;
}

export interface Matcher {
  /**
   * The first match that starts at `from` or later; of those that start there, the longest. With `until`, one whose first
   * four characters end before it: go on at {@link PROBE} - 1 before it.
   */
  find(text: string, from: number, until?: number): Match | null;
  /** The longest match that starts at `at` exactly. */
  longestAt(text: string, at: number): Match | null;
  /** Where the longest end of `text` that some pattern begins with, and is longer than, starts; else its length. */
  openEnd(text: string): number;
  /** Length of the longest pattern. */
  readonly longest: number;
}

/** Characters that are hashed. */
export const PROBE = 4;
const SHIFT = 5;
/** With four shifts of five bits in twenty, a character has left the hash when the fourth after it comes in. */
const HASH_MASK = (1 << (PROBE * SHIFT)) - 1;

/** @throws RangeError where a pattern is shorter than four characters. */
export function createMatcher(patterns: readonly Pattern[]): Matcher {
  const begins = new Uint8Array(HASH_MASK + 1);
  const byHash = new Map<number, Pattern[]>();
  const shortBeginnings = new Set<string>();
  let longest = 0;

  for (const pattern of [...patterns].sort((a, b) => b.text.length - a.text.length)) {
    if (pattern.text.length < PROBE) throw new RangeError("A pattern has at least four characters.");
    const hash = hashAt(pattern.text, 0);
    begins[hash] = 1;
    const others = byHash.get(hash);
    if (others) others.push(pattern);
    else byHash.set(hash, [pattern]);
    for (let length = 1; length < PROBE; length++) shortBeginnings.add(pattern.text.slice(0, length));
    longest = Math.max(longest, pattern.text.length);
  }

  function compare(text: string, at: number, hash: number): Match | null {
    for (const pattern of byHash.get(hash) ?? []) {
      if (text.startsWith(pattern.text, at)) return { start: at, end: at + pattern.text.length, pattern };
    }
    return null;
  }

  return {
    longest,
    find(text, from, until = text.length) {
      if (longest === 0) return null;
      let hash = 0;
      for (let at = from; at < until; at++) {
        hash = ((hash << SHIFT) ^ text.charCodeAt(at)) & HASH_MASK;
        if (begins[hash] === 0) continue;
        const start = at - PROBE + 1;
        const match = start < from ? null : compare(text, start, hash);
        if (match) return match;
      }
      return null;
    },
    longestAt(text, at) {
      if (at + PROBE > text.length) return null;
      const hash = hashAt(text, at);
      return begins[hash] === 0 ? null : compare(text, at, hash);
    },
    openEnd(text) {
      for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {
        const end = text.slice(at);
        const isOpen =
          end.length < PROBE
            ? shortBeginnings.has(end)
            : (byHash.get(hashAt(end, 0)) ?? []).some(
                (pattern) => pattern.text.length > end.length && pattern.text.startsWith(end),
              );
        if (isOpen) return at;
      }
      return text.length;
    },
  };
}

function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let i = at; i < at + PROBE; i++) hash = ((hash << SHIFT) ^ text.charCodeAt(i)) & HASH_MASK;
  return hash;
}
