/** Sizes shared by Monaco and the plain text that stands in for it, so that swapping them moves nothing. */
export const lineHeight = 20;
export const fontSize = 12.5;
export const paddingTop = 8;
/** Leaves room for the horizontal scrollbar, which is drawn over the text. */
export const paddingBottom = 12;
/** A longer text scrolls inside its card. */
const maxLines = 80;

/** Height in pixels of a text of `lines` lines. */
export function heightOf(lines: number): number {
  return Math.min(Math.max(lines, 1), maxLines) * lineHeight + paddingTop + paddingBottom;
}

/** Number of lines of `text`, as an editor counts them. */
export function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

/** Height in pixels at which `text` is shown. */
export function codeHeight(text: string): number {
  return heightOf(lineCount(text));
}
