/**
 * Finds any of many byte strings in a long one (Wu and Manber's way): from each place it skips as far ahead as the two
 * bytes there allow, so that long patterns cost less than one look a byte, and many hardly more than one.
 */

/** Where pattern number `pattern` was found; indices into the bytes that were searched. */
export interface PatternMatch {
  readonly pattern: number;
  readonly start: number;
  readonly end: number;
}

export interface BytePatterns {
  /** Bytes of the longest pattern; 0: there is none. */
  readonly longest: number;
  /** Tells every occurrence of every pattern, by where it begins. */
  search(bytes: Uint8Array, found: (match: PatternMatch) => void): void;
}

/** Longer windows skip further, but more of their pairs of bytes occur everywhere. */
const LONGEST_WINDOW = 32;
const PAIRS = 1 << 16;

/** @throws RangeError where a pattern is shorter than two bytes. */
export function compilePatterns(patterns: readonly Uint8Array[]): BytePatterns {
  const longest = patterns.reduce((most, { length }) => Math.max(most, length), 0);
  const window = patterns.reduce((least, { length }) => Math.min(least, length), LONGEST_WINDOW);
  if (window < 2) throw new RangeError("A pattern has at least two bytes.");
  // For a pair of bytes: how far a window that ends with it can move on without passing a pattern's beginning.
  const shifts = new Uint8Array(PAIRS).fill(window - 1);
  const endingWith = new Map<number, number[]>();
  patterns.forEach((pattern, index) => {
    for (let end = 1; end < window; end++) {
      const pair = pairAt(pattern, end);
      shifts[pair] = Math.min(shifts[pair] ?? 0, window - 1 - end);
    }
    const last = pairAt(pattern, window - 1);
    const others = endingWith.get(last);
    if (others) others.push(index);
    else endingWith.set(last, [index]);
  });

  function compare(bytes: Uint8Array, start: number, pair: number, found: (match: PatternMatch) => void) {
    for (const index of endingWith.get(pair) ?? []) {
      const pattern = patterns[index];
      if (pattern && isAt(bytes, start, pattern)) {
        found({ pattern: index, start, end: start + pattern.length });
      }
    }
  }

  return {
    longest,
    search(bytes, found) {
      if (longest === 0) return;
      const { length } = bytes;
      let at = window - 1;
      while (at < length) {
        const pair = pairAt(bytes, at);
        const shift = shifts[pair] ?? 0;
        if (shift > 0) at += shift;
        else {
          compare(bytes, at - window + 1, pair, found);
          at += 1;
        }
      }
    },
  };
}

function pairAt(bytes: Uint8Array, end: number): number {
  return (bytes[end - 1] ?? 0) | ((bytes[end] ?? 0) << 8);
}

function isAt(bytes: Uint8Array, start: number, pattern: Uint8Array): boolean {
  if (start + pattern.length > bytes.length) return false;
  for (let index = 0; index < pattern.length; index++) {
    if (bytes[start + index] !== pattern[index]) return false;
  }
  return true;
}

/** Patterns in bytes that come in pieces. */
export interface PatternStream {
  /**
   * Tells what ends in this piece, also where it began in an earlier one: then `start` is negative. In no order, but each
   * occurrence once.
   */
  push(piece: Uint8Array, found: (match: PatternMatch) => void): void;
}

export function createPatternStream(patterns: BytePatterns): PatternStream {
  /** The last bytes so far: as many as a pattern that is not complete yet can have. */
  const kept = Math.max(0, patterns.longest - 1);
  let tail = new Uint8Array(0);
  return {
    push(piece, found) {
      if (kept === 0) return;
      const seam = joined(tail, piece.subarray(0, kept));
      const before = tail.length;
      patterns.search(seam, ({ pattern, start, end }) => {
        if (start < before && end > before) found({ pattern, start: start - before, end: end - before });
      });
      patterns.search(piece, found);
      tail = piece.length < kept ? seam.slice(-kept) : piece.slice(-kept);
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
