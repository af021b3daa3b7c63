/**
 * The ways in which programs write a text down: URL encoding, JSON, Python's `repr`, HTML, base64, hex. Each function
 * gives exactly what the named routine gives, so that a secret is found again after it.
 */

const utf8 = new TextEncoder();
const UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

/** For each of the 256 bytes, what an encoder writes. */
type ByteTable = readonly string[];

/** An encoder that leaves the characters of `safe` as they are, and may write a space as `+`. */
function byteTable(safe: string, space: "+" | "%20"): ByteTable {
  return Array.from({ length: 256 }, (_, byte) => {
    const char = String.fromCharCode(byte);
    if (char === " ") return space;
    return byte < 0x80 && safe.includes(char) ? char : `%${hexByte(byte).toUpperCase()}`;
  });
}

/** The two that encode everything: `quote(v, safe="")`, and `quote_plus(v)` and `urlencode`. */
const STRICT: readonly ByteTable[] = [byteTable(UNRESERVED, "%20"), byteTable(UNRESERVED, "+")];
const LENIENT: readonly ByteTable[] = [
  byteTable(`${UNRESERVED}/`, "%20"), // urllib.parse.quote(v)
  byteTable(`${UNRESERVED}!'()*`, "%20"), // encodeURIComponent
  byteTable(`${UNRESERVED.replace("~", "")}*`, "+"), // URLSearchParams
  byteTable(`${UNRESERVED}!$&'()*+,/:;=@`, "%20"), // the path of a URL
  byteTable(`${UNRESERVED}!$&'()*+,/:;=?@`, "%20"), // the query of a URL
  byteTable(`${UNRESERVED}!#$&'()*+,/:;=?@`, "%20"), // encodeURI
  byteTable(`${UNRESERVED}!#$%&'()*+,/:;=?@[]`, "%20"), // requests, which keeps existing escapes
];

function percentEncoded(value: string, tables: readonly ByteTable[]): string[] {
  if (/^[\w.-]*$/.test(value)) return [value];
  const bytes = utf8.encode(value);
  const upper = tables.map((table) => {
    let out = "";
    for (const byte of bytes) out += table[byte] ?? "";
    return out;
  });
  const lower = upper.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  return [...new Set([...upper, ...lower])];
}

/** `value` as it stands in URLs and forms, by every common encoder, with upper- and lower-case hex. */
export function urlEncoded(value: string): string[] {
  return percentEncoded(value, [...STRICT, ...LENIENT]);
}

/** Like {@link urlEncoded}, only by the encoders that leave nothing but letters, digits and `-._~` as it is. */
export function strictlyUrlEncoded(value: string): string[] {
  return percentEncoded(value, STRICT);
}

/** Inside a JSON string as `JSON.stringify` and `json.dumps(ensure_ascii=False)` write it. */
export function jsonEscaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** Inside a JSON string as Python's `json.dumps` writes it by default: ASCII only. */
export function jsonAsciiEscaped(value: string): string {
  return jsonEscaped(value).replace(/[^ -~]/g, (unit) => `\\u${hexUnit(unit.charCodeAt(0))}`);
}

const REPR_SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\" };

/** One character as Python's `repr` escapes it: `\x1b`, `\u2028`, `\U000e0001`. */
function pythonEscape(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${hexByte(code)}`;
  if (code < 0x10000) return `\\u${hexUnit(code)}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/**
 * Inside Python's `repr` of a text that holds `value`: with `'` escaped (where the text holds `"` too) and not; of
 * `ascii()`; and of the text's UTF-8 bytes (`b'…'`).
 */
export function pythonEscaped(value: string): string[] {
  if (/^[ !#-&(-[\]-~]*$/.test(value)) return [value];
  const backslashed = value.replace(/[\n\r\t\\]/g, (char) => REPR_SHORT[char] ?? char);
  const printable = backslashed.replace(/\p{C}|(?! )\p{Z}/gu, pythonEscape);
  const ascii = backslashed.replace(/[^ -~]/gu, pythonEscape);
  const bytes = backslashed.replace(/[^ -~]/gu, (char) =>
    Array.from(utf8.encode(char), (byte) => `\\x${hexByte(byte)}`).join(""),
  );
  const plain = [printable, ascii, bytes];
  return [...new Set([...plain, ...plain.map((text) => text.replaceAll("'", "\\'"))])];
}

/** As `html.escape` writes it. */
export function htmlEscaped(value: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#x27;",
  };
  return value.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** Lower- and upper-case hex of the UTF-8 bytes. */
export function hexForms(value: string): string[] {
  const hex = Array.from(utf8.encode(value), hexByte).join("");
  return [hex, hex.toUpperCase()];
}

/**
 * Base64 of `value`, standard and URL-safe: alone with and without padding, and what stays the same of it inside the
 * base64 of a longer text, where it may begin at any of three alignments. There, up to four bits of its first and last
 * byte share a character with a neighbour and are not part of the form.
 */
export function base64Forms(value: string | Uint8Array): string[] {
  const bytes = typeof value === "string" ? utf8.encode(value) : value;
  const alone = base64(bytes);
  const standard = [alone, alone.replace(/=+$/, ""), ...[0, 1, 2].map((before) => base64Core(bytes, before))];
  const urlSafe = standard.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"));
  return [...new Set([...standard, ...urlSafe])];
}

/** The base64 of `value` in lines, as `base64.encodebytes` (76 columns) and PEM files (64) break it. */
export function wrappedBase64(value: string): string[] {
  const alone = base64(utf8.encode(value));
  return [76, 64]
    .filter((width) => alone.length > width)
    .map((width) => alone.replace(new RegExp(`.{${width}}(?!$)`, "g"), "$&\n"));
}

/** The characters of base64 that depend on `bytes` alone, when `before` (mod 3) other bytes stand in front of them. */
function base64Core(bytes: Uint8Array, before: number): string {
  const shifted = new Uint8Array(before + bytes.length);
  shifted.set(bytes, before);
  const first = Math.ceil((before * 8) / 6);
  const end = Math.floor(((before + bytes.length) * 8) / 6);
  return base64(shifted).slice(first, end);
}

/** Standard base64 with padding. */
export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x2000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  }
  return btoa(binary);
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function hexUnit(unit: number): string {
  return unit.toString(16).padStart(4, "0");
}
