import type { Redactor } from "../../vault/index.ts";
import type { LogLine } from "../types.ts";
import { MAX_LINE_LENGTH, shownLine } from "./shown-line.ts";

/** An open line longer than this is redacted piece by piece, so that a huge one costs no more than its length. */
const PIECE = 64 * 1024;

/** What came before the end of a line that has its end now. */
export interface Beginning {
  /** Of the line, redacted, as far as the view shows it. */
  readonly head: string;
  /** Characters between `head` and `text`. */
  readonly cut: number;
  /** Not redacted yet. */
  readonly text: string;
  /** When the line began. */
  readonly at: number;
}

/** The line of one stream whose end has not come yet. */
export interface OpenLine {
  /** False: the stream stands at the beginning of a line. */
  readonly begun: boolean;
  /** Adds text without a line end. */
  add(text: string, at: number): void;
  /** Gives the line away: its end has come. */
  take(): Beginning;
  /** What can be shown of it, secrets replaced; null where that is nothing. */
  shown(): LogLine | null;
  /** What of it has not gone into the download and can, secrets replaced. */
  rest(): string;
}

/** `onPiece` takes what is redacted for good while the line goes on. */
export function createOpenLine(
  stream: LogLine["stream"],
  redactor: Pick<Redactor, "text" | "heldBack">,
  onPiece: (text: string) => void,
): OpenLine {
  let begun = false;
  let text = "";
  let head = "";
  let headLength = 0;
  let began = 0;
  let cached: { readonly line: LogLine | null } | null = null;

  /** The text without its end where a secret may be beginning. */
  const safe = () => text.slice(0, text.length - redactor.heldBack(text));

  function keepHead(piece: string): void {
    // What stands before a carriage return is overwritten; the very last one may be half of a line end.
    // (Looking from the end is slow where there is none.)
    const overwritten = piece.includes("\r") ? piece.lastIndexOf("\r", piece.length - 2) + 1 : 0;
    if (overwritten > 0) {
      head = "";
      headLength = 0;
    }
    head = (head + piece.slice(overwritten)).slice(0, MAX_LINE_LENGTH + 1);
    headLength += piece.length - overwritten;
  }

  function show(): LogLine | null {
    const redacted = redactor.text(safe());
    if (head === "" && redacted === "") return null;
    return { stream, at: began, ...shownLine(head + redacted, headLength - head.length) };
  }

  return {
    get begun() {
      return begun;
    },
    add(more, at) {
      if (!begun) began = at;
      begun = true;
      cached = null;
      text += more;
      if (text.length <= PIECE) return;
      const raw = safe();
      text = text.slice(raw.length);
      const piece = redactor.text(raw);
      keepHead(piece);
      onPiece(piece);
    },
    take() {
      const beginning = { head, cut: headLength - head.length, text, at: began };
      begun = false;
      cached = null;
      text = "";
      head = "";
      headLength = 0;
      return beginning;
    },
    shown() {
      cached ??= { line: begun ? show() : null };
      return cached.line;
    },
    rest: () => redactor.text(safe()),
  };
}
