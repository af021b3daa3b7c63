import type { Match, Matcher } from "./matcher.ts";

/**
 * Replaces every match in `text`. Matches that overlap are replaced together by the marks of as few of them as cover
 * the stretch, so that no part of a secret stays behind because another begins in its middle.
 */
export function replaceMatches(matcher: Matcher, text: string): string {
  let match = matcher.find(text, 0);
  if (!match) return text;
  let out = "";
  let at = 0;
  while (match) {
    const stretch = stretchFrom(matcher, text, match);
    out += text.slice(at, match.start) + stretch.marks;
    at = stretch.end;
    match = matcher.find(text, at);
  }
  return out + text.slice(at);
}

/** The stretch of overlapping matches that begins with `first`, and the marks for it. */
function stretchFrom(matcher: Matcher, text: string, first: Match): { end: number; marks: string } {
  let { end } = first;
  let marks = first.pattern.mark;
  if (first.pattern.isMark) return { end, marks };
  let last = marks;
  let reaching: Match | null = null;
  for (let at = first.start + 1; at < end; at++) {
    const match = matcher.longestAt(text, at);
    if (match && match.end > (reaching?.end ?? end)) reaching = match;
    if (at === end - 1 && reaching) {
      end = reaching.end;
      if (reaching.pattern.mark !== last) marks += reaching.pattern.mark;
      last = reaching.pattern.mark;
      reaching = null;
    }
  }
  return { end, marks };
}

/**
 * How many characters at the end of `text` must wait for what comes next: where a match may be beginning, and what
 * overlaps with it. Replacing what is before them and, later, the rest with what follows gives the same as replacing
 * the whole.
 */
export function heldBackLength(matcher: Matcher, text: string): number {
  let cut = matcher.openEnd(text);
  // A stretch of overlapping matches stays in one piece: move to its beginning, match by match.
  for (let at = cut - 1; at >= 0 && at > cut - matcher.longest; at--) {
    const match = matcher.longestAt(text, at);
    if (match && match.end > cut) cut = at;
  }
  return text.length - cut;
}
