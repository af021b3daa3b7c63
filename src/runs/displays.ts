import { type Display, TABLE_PART_ROWS } from "../runtime/protocol.ts";
import type { Redactor } from "../vault/index.ts";

/** Things that one step may show, and their size together. Python keeps to less and says so; a step that goes round it gets this. */
export const MAX_SHOWN = 200;
export const MAX_SHOWN_SIZE = 40 * 1024 * 1024;

/** Of it, what is stored with the step's result. */
const STORED_SIZE = 16 * 1024 * 1024;

/** Characters or bytes. */
export function sizeOf(display: Display): number {
  if ("bytes" in display) return display.bytes.byteLength;
  return display.parts.reduce((sum, part) => sum + part.length, 0);
}

/** With secrets replaced in all text of it. What an image shows can't be read, and stays. */
export async function maskDisplay(
  redactor: Pick<Redactor, "text" | "jsonInSlices">,
  display: Display,
): Promise<Display> {
  const text = (value: string) => redactor.text(value);
  const note = display.head.note === null ? null : text(display.head.note);
  if ("bytes" in display) {
    if (display.head.mime !== "image/svg+xml") return display;
    const svg = text(new TextDecoder().decode(display.bytes));
    return { head: { ...display.head, note }, bytes: new TextEncoder().encode(svg).buffer };
  }
  const { head } = display;
  const parts: string[] = [];
  for (const part of display.parts) {
    const isJson = head.kind === "table" || head.kind === "json";
    parts.push(isJson ? await redactor.jsonInSlices(part) : text(part));
  }
  if (head.kind === "response") {
    const headers = head.headers.map(([name, value]) => [text(name), text(value)] as const);
    return { head: { ...head, note, headers }, parts };
  }
  if (head.kind !== "table") return { head: { ...head, note }, parts };
  const columns = head.columns.map(({ name, dtype }) => ({ name: text(name), dtype: text(dtype) }));
  return { head: { ...head, note, columns }, parts };
}

/** What is stored: all of it where it is not too much, else the first rows of tables, and notes in the place of the rest. */
export function storedDisplays(displays: readonly Display[], size = STORED_SIZE): readonly Display[] {
  let left = size;
  return displays.map((display) => {
    const own = sizeOf(display);
    if (own <= left) {
      left -= own;
      return display;
    }
    const short = firstRows(display);
    if (short && sizeOf(short) <= left) {
      left -= sizeOf(short);
      return short;
    }
    const note = "This was too large to be kept with the result. Test the step again to see it.";
    return { head: { kind: "text", returned: display.head.returned, note }, parts: [""] };
  });
}

function firstRows(display: Display): Display | null {
  if (display.head.kind !== "table" || "bytes" in display) return null;
  const kept = Math.min(display.head.kept, TABLE_PART_ROWS);
  return { head: { ...display.head, kept }, parts: display.parts.slice(0, 1) };
}
