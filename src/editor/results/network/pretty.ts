const INDENT = "  ";

/**
 * JSON text with line breaks and indentation, everything else to the letter (long numbers, order, spelling of strings). Works for a
 * text that is cut off as well.
 */
export function prettyJson(text: string): string {
  const pieces: string[] = [];
  let depth = 0;
  const newLine = () => `\n${INDENT.repeat(depth)}`;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+/gs)) {
    const last = pieces.at(-1) ?? "";
    if (token === "{" || token === "[") {
      depth += 1;
      pieces.push(token, newLine());
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      const isEmpty = last.startsWith("\n") && /^[[{]$/.test(pieces.at(-2) ?? "");
      if (isEmpty) pieces.pop();
      else pieces.push(newLine());
      pieces.push(token);
    } else if (token === ",") pieces.push(token, newLine());
    else if (token === ":") pieces.push(": ");
    else pieces.push(token);
  }
  return pieces.join("").trimEnd();
}
