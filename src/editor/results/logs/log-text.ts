import type { LogView } from "../../../runs/index.ts";

/** The kept lines as one text. */
export function allText(log: LogView): string {
  const lines: string[] = [];
  for (let index = 0; index < log.length; index++) {
    const { text, more = 0 } = log.at(index);
    lines.push(more > 0 ? `${text}… (${more.toLocaleString("en")} more characters)` : text);
  }
  return lines.join("\n");
}
