import { MARK_PATTERN } from "../../../lib/mark.ts";

const PER_LINE = 16;

/** Bytes (a character each) as offset, hex and ASCII. The mark of a secret has a line of its own; behind it no offset is known. */
export function hexView(latin1: string): string {
  const lines: string[] = [];
  let end = 0;
  let hasOffset = true;
  const add = (part: string) => {
    for (let at = 0; at < part.length; at += PER_LINE) {
      const offset = hasOffset ? (end + at).toString(16).padStart(6, "0") : " ".repeat(6);
      lines.push(`${offset}  ${hexLine(part.slice(at, at + PER_LINE))}`);
    }
  };
  for (const mark of latin1.matchAll(MARK_PATTERN)) {
    add(latin1.slice(end, mark.index));
    lines.push(`${" ".repeat(8)}${mark[0]}`);
    end = mark.index + mark[0].length;
    hasOffset = false;
  }
  add(latin1.slice(end));
  return lines.join("\n");
}

function hexLine(bytes: string): string {
  const hex = [...bytes].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join(" ");
  return `${hex.padEnd(3 * PER_LINE)} ${bytes.replace(/[^ -~]/g, "·")}`;
}
