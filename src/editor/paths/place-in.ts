/** A replacement in a text. */
interface Placed {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The line that begins the handler, and a docstring that stands alone in the next. */
const handler = /^([ \t]*)(?:async[ \t]+)?def[ \t]+handler\b[^\n]*:[ \t]*(?:#[^\n]*)?$/m;

/** Where to put an expression into code that nobody has had the cursor in: a line of its own at the beginning of the handler, else at the end. */
export function placeIn(code: string, expression: string): Placed {
  const found = handler.exec(code);
  if (found) {
    const end = found.index + found[0].length;
    return { start: end, end, text: `\n${found[1] ?? ""}    ${expression}` };
  }
  const gap = code === "" || code.endsWith("\n") ? "" : "\n";
  return { start: code.length, end: code.length, text: `${gap}${expression}` };
}
