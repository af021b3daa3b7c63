/**
 * True if one letter changed, added, left out, or swapped with its neighbour turns `typed` into `word`.
 * False for equal texts.
 */
export function isOneTypoAway(typed: string, word: string): boolean {
  const difference = typed.length - word.length;
  if (difference > 1 || difference < -1 || typed === word) return false;
  let start = 0;
  while (start < typed.length && start < word.length && typed[start] === word[start]) start++;
  if (difference === 1) return typed.slice(start + 1) === word.slice(start);
  if (difference === -1) return typed.slice(start) === word.slice(start + 1);
  if (typed.slice(start + 1) === word.slice(start + 1)) return true;
  return (
    typed[start] === word[start + 1] &&
    typed[start + 1] === word[start] &&
    typed.slice(start + 2) === word.slice(start + 2)
  );
}

/** Letters from which a word still being typed is held against the beginning of longer words. */
const PREFIX_LENGTH = 5;

/**
 * Length of the beginning of `word` that `typed` is one typo away from, or 0: the whole word first; with five
 * letters or more also a part of it, so that `githu` mistyped as `gihtu` is found while the person types on.
 */
export function typoPrefixLength(typed: string, word: string): number {
  if (!beginsAlike(typed, word)) return 0;
  if (isOneTypoAway(typed, word)) return word.length;
  if (typed.length < PREFIX_LENGTH || word.length < typed.length) return 0;
  for (const length of [typed.length, typed.length + 1, typed.length - 1]) {
    if (length < word.length && isOneTypoAway(typed, word.slice(0, length))) return length;
  }
  return 0;
}

/** False if no single typo can explain the first two letters: turns most words away at once. */
function beginsAlike(typed: string, word: string): boolean {
  const first = typed.charCodeAt(0);
  const second = typed.charCodeAt(1);
  return (
    first === word.charCodeAt(0) ||
    second === word.charCodeAt(1) ||
    first === word.charCodeAt(1) ||
    second === word.charCodeAt(0)
  );
}
