import { FIELD_PATTERN } from "../fields.ts";

/** Longest line of generated code. */
const WIDTH = 100;

/** A Python string literal; JSON's escapes are Python's too. */
export function pyString(text: string): string {
  return JSON.stringify(text);
}

/**
 * The Python expression of a template: a literal, a variable, or an f-string.
 * @param variable the variable that holds a field
 */
export function pyTemplate(template: string, variable: (field: string) => string): string {
  const whole = /^\{(\w+)\}$/.exec(template)?.[1];
  if (whole !== undefined) return variable(whole);
  if (!template.match(FIELD_PATTERN)) return pyString(template);
  const quote = template.includes('"') && !template.includes("'") ? "'" : '"';
  let text = "";
  let end = 0;
  for (const match of template.matchAll(FIELD_PATTERN)) {
    text += `${escaped(template.slice(end, match.index), quote)}{${variable(match[1] ?? "")}}`;
    end = match.index + match[0].length;
  }
  return `f${quote}${text}${escaped(template.slice(end), quote)}${quote}`;
}

/** What stands between the placeholders of an f-string: quotes and braces must not end anything. */
function escaped(text: string, quote: string): string {
  const literal = JSON.stringify(text).slice(1, -1);
  return (quote === "'" ? literal.replaceAll('\\"', '"') : literal).replace(/[{}]/g, "$&$&");
}

/** A JSON value as a Python literal; texts in it may hold `{field}`. */
export function pyValue(value: unknown, variable: (field: string) => string, indent = 0): string {
  if (typeof value === "string") return pyTemplate(value, variable);
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) {
    return pyCollection(
      "[",
      value.map((item) => pyValue(item, variable, indent + 1)),
      "]",
      indent,
    );
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).map(
      ([key, item]) => `${pyString(key)}: ${pyValue(item, variable, indent + 1)}`,
    );
    return pyCollection("{", entries, "}", indent);
  }
  return String(value);
}

/** `[a, b]` on one line where it is short and has one item, else an item a line. */
export function pyCollection(open: string, items: readonly string[], close: string, indent: number): string {
  const line = `${open}${items.join(", ")}${close}`;
  if (items.length <= 1 && !line.includes("\n") && line.length < WIDTH - 30) return line;
  const inner = "    ".repeat(indent + 1);
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${"    ".repeat(indent)}${close}`;
}

/** A call: on one line where it fits, else an argument a line. */
export function pyCall(start: string, args: readonly string[], indent: number): string {
  const line = `${"    ".repeat(indent)}${start}(${args.join(", ")})`;
  if (line.length <= WIDTH && !line.includes("\n")) return line;
  const inner = "    ".repeat(indent + 1);
  return `${"    ".repeat(indent)}${start}(\n${args.map((arg) => `${inner}${arg},\n`).join("")}${"    ".repeat(indent)})`;
}
