import type { Redactor } from "../vault/index.ts";
import type { LogLine } from "./types.ts";

/** Lines kept for the view; older ones are dropped from it and stay in the download. */
export const MAX_LINES = 200_000;
/** Characters of one line that the view shows. */
export const MAX_LINE_LENGTH = 10_000;
/** Characters kept for the download of one step's whole log. */
const MAX_DOWNLOAD = 512 * 1024 * 1024;
/** Lines are dropped in blocks, so that the array isn't moved for each. */
const DROP_BLOCK = 20_000;
/** Text is handed to the browser as Blobs of about this many characters: they don't count against the page's heap. */
const BLOB_SIZE = 1024 * 1024;

/** What the cards read. The same object grows; whoever shows it re-reads `length`. */
export interface LogView {
  /** Lines that can be read with `at`. */
  readonly length: number;
  /** Lines ever written. */
  readonly total: number;
  /** Lines that were dropped from the view: `total - length`. */
  readonly dropped: number;
  at(index: number): LogLine;
  /** Everything written, one line each, up to `MAX_DOWNLOAD` characters. */
  downloadText(): Blob;
}

export interface LogBuffer extends LogView {
  append(stream: LogLine["stream"], text: string, at: number): void;
  /** The step is over: what was held back is shown. */
  end(): void;
  /** The last lines within both bounds, for storing. */
  tail(maxLines: number, maxCharacters: number): LogLine[];
}

/** A line whose end has not come yet. */
interface OpenLine {
  /** What came and is not redacted for good yet. */
  text: string;
  /** What was redacted and went into the download already, as far as the view shows it. */
  head: string;
  /** Length of all that went into the download already. */
  headLength: number;
  readonly at: number;
}

/** An open line longer than this is redacted piece by piece, so that a huge one costs no more than its length. */
const PIECE = 64 * 1024;

/** Makes lines of streamed text, with secrets replaced also where they arrive in pieces. */
export function createLogBuffer(
  redactor: Pick<Redactor, "text" | "heldBack">,
  stored: readonly LogLine[] = [],
  storedTotal = stored.length,
): LogBuffer {
  const lines: LogLine[] = [...stored];
  let total = storedTotal;
  const open: Record<LogLine["stream"], OpenLine | null> = { stdout: null, stderr: null };
  const viewed = { stdout: false, stderr: false };
  const blobs: Blob[] = [];
  let pending: string[] = stored.map((line) => `${line.text}\n`);
  let pendingLength = 0;
  let downloadLength = 0;

  function push(line: LogLine): void {
    lines.push(line);
    total++;
    if (lines.length > MAX_LINES + DROP_BLOCK) lines.splice(0, DROP_BLOCK);
  }

  function keepForDownload(text: string): void {
    if (downloadLength >= MAX_DOWNLOAD) return;
    pending.push(text);
    pendingLength += text.length;
    downloadLength += text.length;
    if (pendingLength >= BLOB_SIZE) {
      blobs.push(new Blob(pending));
      pending = [];
      pendingLength = 0;
    }
  }

  /** Takes the line of `stream` that has no end yet off the view, to be shown anew in its longer form. */
  function takeOpen(stream: LogLine["stream"]): OpenLine | null {
    const line = open[stream];
    open[stream] = null;
    if (viewed[stream]) {
      lines.splice(
        lines.findLastIndex((shown) => shown.stream === stream),
        1,
      );
      total--;
      viewed[stream] = false;
    }
    return line;
  }

  function showOpen(stream: LogLine["stream"], line: OpenLine): void {
    open[stream] = line;
    if (line.text.length > PIECE) {
      const safe = redactor.text(line.text.slice(0, line.text.length - redactor.heldBack(line.text)));
      line.text = line.text.slice(line.text.length - redactor.heldBack(line.text));
      keepForDownload(safe);
      line.head = (line.head + safe).slice(0, MAX_LINE_LENGTH + 1);
      line.headLength += safe.length;
    }
    const safe = line.text.slice(0, line.text.length - redactor.heldBack(line.text));
    if (line.head === "" && safe === "") return;
    push({
      stream,
      text: shown(line.head + redactor.text(safe), line.headLength - line.head.length),
      at: line.at,
    });
    viewed[stream] = true;
  }

  function append(stream: LogLine["stream"], text: string, at: number): void {
    const line = takeOpen(stream) ?? { text: "", head: "", headLength: 0, at };
    const end = text.lastIndexOf("\n");
    if (end < 0) {
      showOpen(stream, { ...line, text: line.text + text });
      return;
    }
    const done = redactor.text(line.text + text.slice(0, end));
    keepForDownload(`${done}\n`);
    const [first = "", ...others] = done.split("\n");
    push({ stream, text: shown(line.head + first, line.headLength - line.head.length), at: line.at });
    for (const other of others) push({ stream, text: shown(other, 0), at });
    if (end + 1 < text.length) showOpen(stream, { text: text.slice(end + 1), head: "", headLength: 0, at });
  }

  return {
    get length() {
      return lines.length;
    },
    get total() {
      return total;
    },
    get dropped() {
      return total - lines.length;
    },
    at(index) {
      const line = lines[index];
      if (!line) throw new RangeError(`The log has no line ${index}.`);
      return line;
    },
    downloadText: () =>
      new Blob([...blobs, ...pending, ...openTexts()], { type: "text/plain;charset=utf-8" }),
    append,
    end() {
      for (const stream of ["stdout", "stderr"] as const) {
        if (open[stream]) append(stream, "\n", Date.now());
      }
    },
    tail(maxLines, maxCharacters) {
      const kept: LogLine[] = [];
      let characters = 0;
      for (let index = lines.length - 1; index >= 0 && kept.length < maxLines; index--) {
        const line = lines[index] as LogLine;
        characters += line.text.length;
        if (characters > maxCharacters) break;
        kept.push(line);
      }
      return kept.reverse();
    },
  };

  function openTexts(): string[] {
    return [open.stdout, open.stderr].flatMap((line) => (line ? [redactor.text(line.text)] : []));
  }
}

/** A line as the view shows it: what a carriage return has overwritten is gone, and a huge line is cut (`cut` characters already). */
function shown(line: string, cut: number): string {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  const visible = text.slice(text.lastIndexOf("\r") + 1);
  const more = cut + Math.max(0, visible.length - MAX_LINE_LENGTH);
  if (more === 0) return visible;
  return `${visible.slice(0, MAX_LINE_LENGTH)}… (${more.toLocaleString("en-US")} more characters: download the log to see them)`;
}
