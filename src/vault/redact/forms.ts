import {
  base64Forms,
  hexForms,
  htmlEscaped,
  jsonAsciiEscaped,
  jsonEscaped,
  pythonEscaped,
  strictlyUrlEncoded,
  urlEncoded,
  wrappedBase64,
} from "./encodings.ts";

/** Values shorter than this are not replaced: they occur everywhere, and the output would become unreadable. */
export const SHORTEST_SECRET = 4;

/** Lines of a longer text at least this long are looked for on their own. */
const LONG_LINE = 16;

function quoted(texts: Iterable<string>): string[] {
  return [...texts].flatMap((text) => [jsonEscaped(text), jsonAsciiEscaped(text), ...pythonEscaped(text)]);
}

/** Lines of `text` that are long enough to give it away; none for a text of one line. Frames of PEM files are public. */
export function longLines(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  if (lines.length < 2) return [];
  return lines.filter((line) => line.length >= LONG_LINE && !/^-----(BEGIN|END) [\w ]+-----$/.test(line));
}

/**
 * Every text that `value` is likely to appear as in output: itself, escaped once or twice as JSON, Python's `repr`, URL
 * encoding and HTML do, and the base64 and hex of that. Longest first, each once, none shorter than
 * {@link SHORTEST_SECRET}.
 */
export function secretForms(value: string): string[] {
  const once = new Set([value, ...quoted([value]), ...urlEncoded(value), htmlEscaped(value)]);
  once.add(value.replaceAll("/", "\\/"));
  const twice = new Set([...once, ...quoted(once)]);
  for (const text of once) for (const form of strictlyUrlEncoded(text)) twice.add(form);

  // Clients encode the parts before they join and base64 them (OAuth's Basic header, a JSON body of a message).
  const beforeBytes = new Set([
    value,
    ...strictlyUrlEncoded(value),
    jsonEscaped(value),
    jsonAsciiEscaped(value),
  ]);
  const encoded = new Set<string>();
  for (const text of beforeBytes) {
    for (const form of base64Forms(text)) {
      encoded.add(form);
      encoded.add(form.replaceAll("/", "\\/"));
      for (const inUrl of strictlyUrlEncoded(form)) encoded.add(inUrl);
    }
  }
  for (const wrapped of wrappedBase64(value)) {
    for (const text of [wrapped, ...quoted([wrapped]), ...longLines(wrapped)]) encoded.add(text);
  }
  for (const form of hexForms(value)) encoded.add(form);

  return [...new Set([...twice, ...encoded])]
    .filter((form) => form.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
}
