import type { LogLine } from "../types.ts";
import { shownLine } from "./shown-line.ts";

/** Lines kept for the view; older ones are dropped from it and stay in the download. */
export const MAX_LINES = 200_000;
/** Characters kept for the view. */
export const MAX_CHARACTERS = 32 * 1024 * 1024;
/** Old lines are dropped when there are so many times too many: not for each line that comes. */
const SLACK = 1.1;
/** Text is kept in pieces of at most about this many characters, and made into lines only where it is looked at. */
const PIECE = 64 * 1024;
/** So many pieces are kept as lines as well: those the view shows again and again. */
const PIECES_AS_LINES = 32;

interface Piece {
  readonly stream: LogLine["stream"];
  readonly at: number;
  /** Lines with `\n` between them. */
  readonly text: string;
  /** Number of its first line, counted from the first that was ever added. */
  readonly first: number;
  readonly count: number;
  /** Characters of its first line that are kept nowhere. */
  readonly cut: number;
  texts: readonly string[] | null;
  lines: (LogLine | undefined)[];
}

/** The last lines of a log. Adding a text costs no more than finding its line ends. */
export interface LineStore {
  /** Lines that can be read with `at`. */
  readonly length: number;
  /** Lines ever added. */
  readonly total: number;
  /** Adds lines, without the last one's end. `cut`: characters that the first one is short of. */
  add(stream: LogLine["stream"], text: string, at: number, cut?: number): void;
  /** @throws RangeError where there is no such line. */
  at(index: number): LogLine;
  /** The lines from number `line` on as far as they are kept, each with its end. */
  textsFrom(line: number): string[];
}

/** `before`: lines that count, though they are not there. */
export function createLineStore(before = 0): LineStore {
  let pieces: Piece[] = [];
  let total = before;
  let length = 0;
  let characters = 0;
  let asLines: Piece[] = [];

  function addPiece(stream: LogLine["stream"], text: string, at: number, cut: number): void {
    const count = countLines(text);
    pieces.push({ stream, at, text, first: total, count, cut, texts: null, lines: [] });
    total += count;
    length += count;
    characters += text.length;
  }

  function dropOld(): void {
    if (length <= MAX_LINES * SLACK && characters <= MAX_CHARACTERS * SLACK) return;
    let dropped = 0;
    while (dropped < pieces.length - 1 && (length > MAX_LINES || characters > MAX_CHARACTERS)) {
      const piece = pieces[dropped++];
      length -= piece?.count ?? 0;
      characters -= piece?.text.length ?? 0;
    }
    pieces = pieces.slice(dropped);
  }

  function textsOf(piece: Piece): readonly string[] {
    if (piece.count === 1) return [piece.text];
    if (!piece.texts) {
      piece.texts = piece.text.split("\n");
      asLines.push(piece);
      for (const old of asLines.slice(0, -PIECES_AS_LINES)) {
        old.texts = null;
        old.lines = [];
      }
      asLines = asLines.slice(-PIECES_AS_LINES);
    }
    return piece.texts;
  }

  return {
    get length() {
      return length;
    },
    get total() {
      return total;
    },
    add(stream, text, at, cut = 0) {
      let begin = 0;
      while (text.length - begin > PIECE) {
        const end = text.lastIndexOf("\n", begin + PIECE);
        if (end < begin) break;
        addPiece(stream, text.slice(begin, end), at, begin === 0 ? cut : 0);
        begin = end + 1;
      }
      addPiece(stream, text.slice(begin), at, begin === 0 ? cut : 0);
      dropOld();
    },
    at(index) {
      const number = total - length + index;
      const piece = pieces[pieceOf(pieces, number)];
      const text = piece && textsOf(piece)[number - piece.first];
      if (!piece || text === undefined) throw new RangeError(`The log has no line ${index}.`);
      const { stream, at, first, cut, lines } = piece;
      lines[number - first] ??= { stream, at, ...shownLine(text, number === first ? cut : 0) };
      return lines[number - first] as LogLine;
    },
    textsFrom: (line) =>
      pieces.flatMap((piece) => {
        if (piece.first + piece.count <= line) return [];
        return piece.first >= line
          ? [piece.text, "\n"]
          : piece.text
              .split("\n")
              .slice(line - piece.first)
              .map((text) => `${text}\n`);
      }),
  };
}

function countLines(text: string): number {
  let count = 1;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) count++;
  return count;
}

/** Index of the last piece that begins at line `number` or before it. */
function pieceOf(pieces: readonly Piece[], number: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.first ?? 0) <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}
