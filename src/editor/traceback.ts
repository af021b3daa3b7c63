import type { StepRunState } from "../runs/index.ts";

type StepError = NonNullable<StepRunState["error"]>;

/** A line of a traceback. */
export interface TracebackLine {
  readonly text: string;
  /** Of a line `File "…", line N`: the place it names. */
  readonly frame: Frame | null;
}

interface Frame {
  readonly file: string;
  readonly line: number;
  /** Characters before `File` and behind the number of the line. */
  readonly start: number;
  readonly end: number;
}

/** With the bars of an exception group before it. */
const frameLine = /^([\s|+-]*)File "([^"]+)", line (\d+)/;

/** The lines of a traceback as Python prints it. */
export function linesOf(traceback: string): readonly TracebackLine[] {
  return traceback.split("\n").map((text) => {
    const found = frameLine.exec(text);
    if (found === null) return { text, frame: null };
    const [all, before = "", file = "", line = ""] = found;
    return { text, frame: { file, line: Number(line), start: before.length, end: all.length } };
  });
}

/**
 * Whether a frame is of the step's own code. The bridge gives that the step's name for a file; as the step may have been renamed
 * since, it is the name that stands with the line the error has, and no path.
 */
export function stepFileOf({ line, traceback }: Pick<StepError, "line" | "traceback">): string | null {
  const frames = linesOf(traceback).flatMap(({ frame }) => (frame === null ? [] : [frame]));
  return frames.findLast((frame) => frame.line === line && /^\w+$/.test(frame.file))?.file ?? null;
}

/** A line of the step that the traceback names, and where that line is in today's code; null: it was changed. */
export interface LineToday {
  readonly ran: number;
  readonly today: number | null;
}

/**
 * Where the lines of the step that the traceback names are in `code`, which may have been edited since: a line that reads as it did
 * is the same line, at its place or else at the only other one.
 */
export function linesToday(error: StepError, code: string): readonly LineToday[] {
  const file = stepFileOf(error);
  const lines = code.split("\n").map((line) => line.trim());
  const traceback = linesOf(error.traceback);
  const found = new Map<number, number | null>();
  for (const [index, { frame }] of traceback.entries()) {
    if (frame === null || frame.file !== file || found.has(frame.line)) continue;
    const source = traceback[index + 1]?.text.replace(/^[\s|+-]*/, "").trim() ?? "";
    found.set(frame.line, source === "" ? null : placeOf(source, frame.line, lines));
  }
  return [...found].map(([ran, today]) => ({ ran, today }));
}

function placeOf(source: string, line: number, lines: readonly string[]): number | null {
  if (lines[line - 1] === source) return line;
  const first = lines.indexOf(source);
  return first >= 0 && lines.indexOf(source, first + 1) < 0 ? first + 1 : null;
}
