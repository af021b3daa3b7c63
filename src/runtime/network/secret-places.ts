import type { SecretQuestion } from "../protocol.ts";

export type Place = SecretQuestion["place"];

const HEAD_BEGINS = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) /;
const LONGEST_METHOD = 8;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Tells which part of an HTTP/1 request a byte of a connection is in; `data` where it speaks something else. */
export interface PlaceFinder {
  /** The next bytes of the connection. Gives the way to ask about them; negative: about the last bytes before them. */
  next(piece: Uint8Array): (index: number) => Place;
}

/** Requests are taken to begin where a piece does: clients write each head on its own. Only for words to the person. */
export function createPlaceFinder(): PlaceFinder {
  let place: Place = "data";
  return {
    next(piece) {
      const before = place;
      const inHead = before === "address" || before === "header";
      const begins = !inHead && HEAD_BEGINS.test(String.fromCharCode(...piece.subarray(0, LONGEST_METHOD)));
      if (!inHead && !begins) return () => before;
      const first: Place = begins ? "address" : before;
      const lineEnd = first === "address" ? piece.indexOf(LINE_FEED) : 0;
      const headEnd = lineEnd < 0 ? -1 : endOfHead(piece, lineEnd);
      place = lineEnd < 0 ? "address" : headEnd < 0 ? "header" : "body";
      return (index) => {
        if (index < 0) return before;
        if (lineEnd < 0 || index < lineEnd) return first;
        return headEnd < 0 || index < headEnd ? "header" : "body";
      };
    },
  };
}

/** The index behind the empty line that ends the head; -1 where it is not in this piece. */
function endOfHead(piece: Uint8Array, from: number): number {
  for (let at = piece.indexOf(LINE_FEED, from); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) {
    const next = piece[at + 1] === CARRIAGE_RETURN ? at + 2 : at + 1;
    if (piece[next] === LINE_FEED) return next + 1;
  }
  return -1;
}
