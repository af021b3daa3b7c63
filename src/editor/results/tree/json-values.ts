import { countOf } from "../../../lib/format.ts";
import type { JsonDocument, JsonNode } from "./json-document.ts";
import { decoded } from "./json-scan.ts";
import { parseExact, printExact } from "./parse.ts";

/** Characters of a string that a line shows. */
const shownCharacters = 400;
/** Longer strings are not decoded for a line. */
const longString = 10_000;
/** Characters of JSON up to which a copied value is laid out in lines; what is longer is copied as it is. */
const prettyUpTo = 1_000_000;

/** A value in one line. */
export function preview(document: JsonDocument, node: JsonNode): string {
  const count = document.countOf(node);
  if (node.kind === "array") return count === 0 ? "[]" : `[${countOf(count, "item")}]`;
  if (node.kind === "object") return objectPreview(document, node, count);
  return node.kind === "string" ? stringPreview(document.text, node) : sourceOf(document, node);
}

/** What *Copy value* copies: a string as it is, anything else as JSON. */
export function valueText(document: JsonDocument, node: JsonNode): string {
  const source = sourceOf(document, node);
  if (node.kind === "string") return decoded(source);
  if (source.length > prettyUpTo) return source;
  const parsed = parseExact(source);
  return parsed.ok ? printExact(parsed.value) : source;
}

function sourceOf({ text }: JsonDocument, { start, end }: JsonNode): string {
  return text.slice(start, end);
}

function stringPreview(text: string, { start, end }: JsonNode): string {
  const length = end - start - 2;
  if (length <= longString) {
    const value = decoded(text.slice(start, end));
    if (value.length <= shownCharacters) return JSON.stringify(value);
    return `${JSON.stringify(value.slice(0, shownCharacters))}… ${countOf(value.length, "character")}`;
  }
  // An escape that is cut through is left out.
  const head = text.slice(start, start + shownCharacters).replace(/\\(u[\da-fA-F]{0,3})?$/, "");
  const backslash = text.indexOf("\\", start);
  const about = backslash >= 0 && backslash < end ? "about " : "";
  return `${head}"… ${about}${countOf(length, "character")}`;
}

function objectPreview(document: JsonDocument, node: JsonNode, count: number): string {
  if (count === 0) return "{}";
  const shown = [...document.children(node, 0, 4)].map(({ key }) => {
    const name = String(key);
    return name.length > 24 ? `${name.slice(0, 24)}…` : name;
  });
  return `{${shown.join(", ")}${count > shown.length ? `, … ${count - shown.length} more` : ""}}`;
}
