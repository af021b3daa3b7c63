import { formatBytes } from "../../../lib/format.ts";
import { formDecoded, type LeftOut, type ShownBody } from "../../../runs/index.ts";

/** How much of a body is kept, as the product says it. */
const KEPT = "64 KB";

/** Other ways to show a text than as it came. */
export type TextView = "json" | "form" | null;

export function viewOf(body: ShownBody): TextView {
  if (body.content.kind !== "text") return null;
  if (body.mediaType === "application/x-www-form-urlencoded") return "form";
  if (/json$/.test(body.mediaType)) return "json";
  return !body.isCut && /^\s*[[{]/.test(body.content.text) && isJson(body.content.text) ? "json" : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Names and values of a form. */
export function formPairs(text: string): readonly (readonly [name: string, value: string])[] {
  return text
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      const [name, value] = equals < 0 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)];
      return [formDecoded(name), formDecoded(value)] as const;
    });
}

/** `application/json · utf-8 · 1.2 kB, gzip`. */
export function describeBody({ mediaType, charset, size, encoding }: ShownBody): string {
  const bytes = encoding === "" ? formatBytes(size) : `${formatBytes(size)}, ${encoding}`;
  return [mediaType || "no type given", ...(charset === "" ? [] : [charset]), bytes].join(" · ");
}

/** What is to be known about an incomplete body; empty where it is all there. */
export function cutNote({ content, state, size, encoding, isCut }: ShownBody): string {
  if (content.kind === "empty" || content.kind === "left-out") return "";
  if (content.kind === "bytes" && isCut) return `The first bytes of ${formatBytes(size)}.`;
  if (state === "cut-off" && size < 65_536) return "The connection ended before the body was complete.";
  if (!isCut) return "";
  if (encoding !== "") return `Only the first ${KEPT} are shown.`;
  if (size > 65_536) return `Only the first ${KEPT} of ${formatBytes(size)} are kept.`;
  return "Only its beginning is kept: all that this step sent and received is more than is kept of it.";
}

/** Why a body can't be seen. */
export const leftOutWords: Readonly<Record<LeftOut, string>> = {
  "over-budget": "Not kept: all that this step sent and received is more than the 16 MB that are kept of it.",
  "not-stored": "Too large to be stored with the result. Test the step again to see it.",
  encoding: "Not shown: it is compressed in a way that can't be undone here, and could hold a secret.",
  "broken-encoding": "Not shown: it could not be decompressed.",
  packed: "Not shown: a packed file could hold a secret.",
  secret: "Not shown: it holds a secret that can't be cut out.",
};
