import type { Redactor } from "../../vault/index.ts";
import type { LogLine } from "../types.ts";
import { createDownloadText } from "./download-text.ts";
import { createLineStore } from "./line-store.ts";
import { createOpenLine, type OpenLine } from "./open-line.ts";

/** What the cards read. The same object grows; whoever shows it re-reads `length`. */
export interface LogView {
  /** Lines that can be read with `at`. */
  readonly length: number;
  /** Lines ever written. */
  readonly total: number;
  /** Lines that were dropped from the view: `total - length`. */
  readonly dropped: number;
  /** What `downloadText` gives: everything; where that was too much, its beginning and the lines of the view; or these only. */
  readonly downloadHas: "all" | "ends" | "view";
  at(index: number): LogLine;
  downloadText(): Blob;
}

export interface LogBuffer extends LogView {
  /** Takes what the step wrote, whatever its length: lines are made of it when they are looked at. */
  append(stream: LogLine["stream"], text: string, at: number): void;
  /** The step is over: what was held back is shown. */
  end(): void;
  /** The last lines within both bounds, for storing. */
  tail(maxLines: number, maxCharacters: number): LogLine[];
}

/**
 * Makes lines of streamed text, with secrets replaced also where they arrive in pieces. `stored`: the last lines of a log that had
 * `storedTotal`. `maxDownload`: characters kept for the download.
 */
export function createLogBuffer(
  redactor: Pick<Redactor, "text" | "heldBack">,
  stored: readonly LogLine[] = [],
  storedTotal = stored.length,
  maxDownload?: number,
): LogBuffer {
  const lines = createLineStore(storedTotal - stored.length);
  const download = createDownloadText(maxDownload);
  /** Number of the first line that is not wholly in the download. */
  let missingFrom = Number.POSITIVE_INFINITY;
  const open: Readonly<Record<LogLine["stream"], OpenLine>> = {
    stdout: createOpenLine("stdout", redactor, keep),
    stderr: createOpenLine("stderr", redactor, keep),
  };

  function keep(text: string): void {
    download.keep(text);
    if (download.full) missingFrom = Math.min(missingFrom, lines.total);
  }

  function append(stream: LogLine["stream"], text: string, at: number): void {
    const line = open[stream];
    // Looking from the end is slow where there is none.
    const end = text.includes("\n") ? text.lastIndexOf("\n") : -1;
    if (end >= 0) {
      const { head, cut, text: before, at: began } = line.take();
      const done = redactor.text(before + text.slice(0, end));
      keep(`${done}\n`);
      const firstEnd = head === "" && before === "" ? -1 : done.indexOf("\n");
      if (head === "" && before === "") lines.add(stream, done, at);
      else if (firstEnd < 0) lines.add(stream, head + done, began, cut);
      else {
        lines.add(stream, head + done.slice(0, firstEnd), began, cut);
        lines.add(stream, done.slice(firstEnd + 1), at);
      }
    }
    if (end + 1 < text.length) line.add(text.slice(end + 1), at);
  }

  /** Lines without an end, as far as they can be shown; they stand last. */
  const openLines = () => [open.stdout.shown(), open.stderr.shown()].filter((line) => line !== null);

  const view: LogBuffer = {
    get length() {
      return lines.length + openLines().length;
    },
    get total() {
      return lines.total + openLines().length;
    },
    get dropped() {
      return lines.total - lines.length;
    },
    get downloadHas() {
      if (download.full) return "ends";
      return storedTotal > stored.length ? "view" : "all";
    },
    at(index) {
      if (index < lines.length) return lines.at(index);
      const line = openLines()[index - lines.length];
      if (!line) throw new RangeError(`The log has no line ${index}.`);
      return line;
    },
    downloadText: () =>
      new Blob(
        [
          ...download.parts(),
          ...(download.full ? lastLines() : []),
          ...Object.values(open).map((line) => line.rest()),
        ],
        { type: "text/plain;charset=utf-8" },
      ),
    append,
    end() {
      for (const stream of ["stdout", "stderr"] as const) {
        if (open[stream].begun) append(stream, "\n", Date.now());
      }
    },
    tail(maxLines, maxCharacters) {
      const kept: LogLine[] = [];
      let characters = 0;
      for (let index = view.length - 1; index >= 0 && kept.length < maxLines; index--) {
        const line = view.at(index);
        characters += line.text.length;
        if (characters > maxCharacters) break;
        kept.push(line);
      }
      return kept.reverse();
    },
  };

  /** What the view has and the download was too full for, after a line that says what lies between. */
  function lastLines(): string[] {
    const from = Math.max(missingFrom, lines.total - lines.length);
    const missing = from - missingFrom;
    const gap =
      missing === 0
        ? ""
        : `\n… ${missing.toLocaleString("en-US")} lines are left out here: the log is longer than what is kept of one …\n`;
    return [gap, ...lines.textsFrom(from)];
  }

  for (const { stream, text, at, more = 0 } of stored) {
    lines.add(stream, text, at, more);
    const rest = more > 0 ? `… (${more.toLocaleString("en-US")} more characters were not stored)` : "";
    download.keep(`${text}${rest}\n`);
  }
  return view;
}
