import type { SlicedWork } from "../../../lib/slices.ts";
import { decoded, endOfString, endOfValue, isSpace, skipSpace } from "./json-scan.ts";

export type ValueKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** A value in a JSON text: from its first character to behind its last. */
export interface JsonNode {
  readonly kind: ValueKind;
  readonly start: number;
  readonly end: number;
}

export interface JsonChild {
  readonly key: string | number;
  /** Where its key begins; in an array, its value. */
  readonly keyStart: number;
  readonly node: JsonNode;
}

/** Children between two marks of a large container. */
export const pageSize = 200;
/** Characters from which a container is remembered; what is smaller is looked through when it is wanted. */
const LARGE = 4096;
const STRIDE = 256 * 1024;
const DEEPEST = 10_000;

interface Large {
  readonly end: number;
  readonly count: number;
  /** Where every `pageSize`th child begins, but for the first. */
  readonly marks: readonly number[];
}

/**
 * A JSON text that is read where it is looked at: values are made for the rows that are shown, whatever its size. Numbers stay as
 * they are written, and so do keys that are there twice.
 */
export class JsonDocument {
  readonly text: string;
  readonly root: JsonNode;
  readonly #large: ReadonlyMap<number, Large>;
  readonly #pages = new Map<number, (readonly JsonChild[])[]>();

  constructor(text: string, large: ReadonlyMap<number, Large>) {
    this.text = text;
    this.#large = large;
    this.root = this.#nodeAt(skipSpace(text, 0));
  }

  /** Of an object or array; 0 for others. */
  countOf(node: JsonNode): number {
    if (node.kind !== "object" && node.kind !== "array") return 0;
    return this.#large.get(node.start)?.count ?? this.page(node, 0).length;
  }

  /** Up to `pageSize` children from `page * pageSize` on; of a container that is not large, all of them. */
  page(node: JsonNode, page: number): readonly JsonChild[] {
    const pages = this.#pages.get(node.start) ?? [];
    this.#pages.set(node.start, pages);
    const known = pages[page];
    if (known) return known;
    const read = this.#readPage(node, page);
    pages[page] = read;
    return read;
  }

  /** The children from one index to before another. */
  *children(node: JsonNode, from: number, to: number): Generator<JsonChild> {
    if (!this.#large.has(node.start)) {
      yield* this.page(node, 0).slice(from, to);
      return;
    }
    for (let page = Math.floor(from / pageSize); page * pageSize < to; page++) {
      const first = page * pageSize;
      const read = this.page(node, page);
      yield* read.slice(Math.max(0, from - first), to - first);
      if (read.length < pageSize) return;
    }
  }

  /** The children that lead from the root to what stands at a place of the text, each with its index. */
  pathTo(place: number): readonly (JsonChild & { readonly index: number })[] {
    const path: (JsonChild & { readonly index: number })[] = [];
    let node = this.root;
    for (;;) {
      const marks = this.#large.get(node.start)?.marks ?? [];
      let page = 0;
      while ((marks[page] ?? Number.POSITIVE_INFINITY) <= place) page++;
      const read = node.kind === "object" || node.kind === "array" ? this.page(node, page) : [];
      const at = read.findIndex((child) => child.keyStart <= place && place < child.node.end);
      const child = read[at];
      if (!child) return path;
      path.push({ ...child, index: page * pageSize + at });
      if (place < child.node.start) return path;
      node = child.node;
    }
  }

  #readPage(node: JsonNode, page: number): readonly JsonChild[] {
    const { text } = this;
    const marks = this.#large.get(node.start)?.marks;
    const limit = this.#large.has(node.start) ? pageSize : Number.POSITIVE_INFINITY;
    let at = skipSpace(text, page === 0 ? node.start + 1 : (marks?.[page - 1] ?? node.end - 1));
    const children: JsonChild[] = [];
    while (at < node.end - 1 && children.length < limit) {
      const keyStart = at;
      let key: string | number = page * pageSize + children.length;
      if (node.kind === "object") {
        at = endOfString(text, at);
        key = decoded(text.slice(keyStart, at));
        at = skipSpace(text, skipSpace(text, at) + 1);
      }
      const child = this.#nodeAt(at);
      children.push({ key, keyStart, node: child });
      at = skipSpace(text, skipSpace(text, child.end) + 1);
    }
    return children;
  }

  #nodeAt(start: number): JsonNode {
    const end = this.#large.get(start)?.end ?? endOfValue(this.text, start);
    return { kind: kindAt(this.text, start), start, end };
  }
}

function kindAt(text: string, at: number): ValueKind {
  switch (text[at]) {
    case "{":
      return "object";
    case "[":
      return "array";
    case '"':
      return "string";
    case "t":
    case "f":
      return "boolean";
    case "n":
      return "null";
    default:
      return "number";
  }
}

/**
 * Looks once through a text for the ends of its large containers. Some milliseconds for a megabyte; nothing is made of its values.
 * Throws an Error for brackets that don't match.
 */
export function* readingJson(text: string): SlicedWork<JsonDocument> {
  const large = new Map<number, Large>();
  const open: { readonly start: number; count: number; isEmpty: boolean; readonly marks: number[] }[] = [];
  let rest = STRIDE;
  for (let at = 0; at < text.length; at++) {
    if (at > rest) {
      yield;
      rest = at + STRIDE;
    }
    const code = text.charCodeAt(at);
    const top = open.at(-1);
    if (code === 0x7b || code === 0x5b) {
      if (top) top.isEmpty = false;
      if (open.push({ start: at, count: 1, isEmpty: true, marks: [] }) > DEEPEST)
        throw new Error(`It is nested more than ${DEEPEST.toLocaleString("en")} levels deep.`);
    } else if (code === 0x7d || code === 0x5d) {
      // The two brackets of a kind are two apart.
      if (!top || text.charCodeAt(top.start) !== code - 2) throw new Error("It is not valid JSON.");
      open.pop();
      if (at - top.start >= LARGE)
        large.set(top.start, { end: at + 1, count: top.isEmpty ? 0 : top.count, marks: top.marks });
    } else if (code === 0x2c) {
      if (top) {
        if (top.count % pageSize === 0) top.marks.push(at + 1);
        top.count++;
      }
    } else if (!isSpace(code)) {
      if (top) top.isEmpty = false;
      if (code === 0x22) at = endOfString(text, at) - 1;
    }
  }
  if (open.length > 0 || text.trim() === "") throw new Error("It is not valid JSON.");
  return new JsonDocument(text, large);
}
