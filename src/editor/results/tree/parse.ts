import type { Result } from "../../../lib/result.ts";

/** A number that JavaScript can't hold exactly, kept as it was written. Python's integers have no such limit. */
export class ExactNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** Sixteen digits or more may not fit; looking into each number is slow, so it is done only where there are any. */
const longNumber = /\d{16}/;

/** Parses JSON without changing numbers such as 64-bit ids. */
export function parseExact(json: string): Result<unknown, string> {
  try {
    return { ok: true, value: longNumber.test(json) ? JSON.parse(json, keepExact) : JSON.parse(json) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function keepExact(
  this: unknown,
  _key: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return String(value) === context.source || /[.eE]/.test(context.source)
    ? value
    : new ExactNumber(context.source);
}

/** JSON text of a parsed value, indented. */
export function printExact(value: unknown): string {
  return print(value, "");
}

function print(value: unknown, indent: string): string {
  if (value instanceof ExactNumber) return value.source;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => inner + print(item, inner))
    : Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${print(item, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}
