import type { LogView } from "../../../runs/index.ts";

/** The kept lines as one text. */
export function allText(log: LogView): string {
  const lines: string[] = [];
  for (let index = 0; index < log.length; index++) lines.push(log.at(index).text);
  return lines.join("\n");
}
