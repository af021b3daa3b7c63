/** JSON whose numbers stay as they were written: JavaScript's own would lose digits of long ones, and turn `1.0` into `1`. */

// Newer than the types of the language that we compile for; where a browser hasn't got them, numbers are JavaScript's.
type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;
const raw = Reflect.get(JSON, "rawJSON") as ((text: string) => unknown) | undefined;

/** As `JSON.parse`; numbers that JavaScript would write differently are values that only {@link exactText} understands. */
export function parseExact(text: string): unknown {
  const keep: Reviver = (_key, value, context) => {
    const source = context?.source;
    return raw && typeof value === "number" && source !== undefined && source !== String(value)
      ? raw(source)
      : value;
  };
  return JSON.parse(text, keep);
}

/** JSON text of a value, spread over lines where `indent` is given. */
export function exactText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent);
}
