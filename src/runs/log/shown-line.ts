/** Characters of one line that the view shows. */
export const MAX_LINE_LENGTH = 10_000;

/** A line as the view shows it: what a carriage return has overwritten is gone, and a huge line is cut (`cut` characters already). */
export function shownLine(line: string, cut: number): string {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  const begin = text.lastIndexOf("\r") + 1;
  const visible = text.slice(begin);
  const more = (begin === 0 ? cut : 0) + Math.max(0, visible.length - MAX_LINE_LENGTH);
  if (more === 0) return visible;
  return `${visible.slice(0, MAX_LINE_LENGTH)}… (${more.toLocaleString("en-US")} more characters: download the log to see them)`;
}
