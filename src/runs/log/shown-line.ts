import type { LogLine } from "../types.ts";

/** Characters of one line that the view shows. */
export const MAX_LINE_LENGTH = 10_000;

/**
 * A line as the view shows it: what a carriage return has overwritten is gone, and a huge line is cut. `cut`: characters that are
 * missing at the end of `line` already.
 */
export function shownLine(line: string, cut: number): Pick<LogLine, "text" | "more"> {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  const begin = text.lastIndexOf("\r") + 1;
  const visible = text.slice(begin);
  const more = (begin === 0 ? cut : 0) + Math.max(0, visible.length - MAX_LINE_LENGTH);
  return more === 0 ? { text: visible } : { text: visible.slice(0, MAX_LINE_LENGTH), more };
}
