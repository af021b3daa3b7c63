import type { HttpBody, HttpHeader } from "../../runtime/protocol.ts";
import type { Redactor } from "../../vault/index.ts";
import { maskBeginning, maskText } from "./mask-text.ts";
import type { BodyContent } from "./types.ts";
import { unpack } from "./unpack.ts";

/** Of a body that is neither text nor picture. */
const SHOWN_BYTES = 1024;
const TEXT_TYPE =
  /^(?:text\/.*|multipart\/.*|.*\+(?:json|xml|yaml)|application\/(?:json|xml|.*javascript|x-www-form-urlencoded|graphql|sql|.*yaml|toml|x-ndjson|json-seq|jsonl))$/;
const PICTURE_TYPE = /^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)$/;
/** gzip, zip, bzip2, xz, zstd, lz4, 7z: in hex. */
const PACKED = /^(?:1f8b|504b0[35]0[46]|425a68|fd377a58|28b52ffd|04224d18|377abcaf)/;

/** What the headers say about a body. */
export interface BodyType {
  /** Lower case, without parameters; empty where none was given. */
  readonly mediaType: string;
  readonly charset: string;
  /** Lower case; empty for none and for `identity`. */
  readonly encoding: string;
}

export interface ReadBody {
  readonly content: BodyContent;
  readonly isCut: boolean;
}

export function bodyTypeOf(headers: readonly HttpHeader[]): BodyType {
  const headerValue = (wanted: string) =>
    headers
      .filter(([name]) => name.toLowerCase() === wanted)
      .map(([, value]) => value)
      .join(", ")
      .toLowerCase();
  const [mediaType = "", ...parameters] = headerValue("content-type").split(";");
  const charset = /(?:^|;)\s*charset\s*=\s*"?([\w.:-]+)/.exec(parameters.join(";"))?.[1] ?? "";
  const encoding = headerValue("content-encoding").trim();
  return { mediaType: mediaType.trim(), charset, encoding: encoding === "identity" ? "" : encoding };
}

/** What can be seen of a body whose beginning is there: decoded first, then without secrets. Never rejects. */
export function readBody(redactor: Redactor, body: HttpBody, type: BodyType): ReadBody | Promise<ReadBody> {
  const { bytes, size, state } = body;
  if (size === 0) return whole({ kind: "empty" });
  if (bytes === null) return whole({ kind: "arriving" });
  if (bytes.length === 0) return leftOut("over-budget");
  const isCut = state !== "complete" || size > bytes.length;
  if (type.encoding === "") return readBytes(redactor, bytes, type, isCut);
  if (!/^(?:x-)?gzip$|^deflate$/.test(type.encoding)) return leftOut("encoding");
  return unpack(bytes, !isCut).then(
    (unpacked) => readBytes(redactor, unpacked.bytes, type, unpacked.isCut),
    () => leftOut("broken-encoding"),
  );
}

const whole = (content: BodyContent): ReadBody => ({ content, isCut: false });
const leftOut = (why: Extract<BodyContent, { kind: "left-out" }>["why"]): ReadBody =>
  whole({ kind: "left-out", why });

function readBytes(
  redactor: Redactor,
  bytes: Uint8Array<ArrayBuffer>,
  { mediaType, charset }: BodyType,
  isCut: boolean,
): ReadBody {
  if (bytes.length === 0) return { content: { kind: "text", text: "" }, isCut };
  const text = textOf(bytes, mediaType, charset);
  if (text !== null) {
    const shown = isCut ? maskBeginning(redactor, text) : maskWhole(redactor, text, mediaType);
    return { content: { kind: "text", text: shown }, isCut };
  }
  if (PACKED.test(hexOf(bytes.subarray(0, 8)))) return leftOut("packed");
  const latin1 = latin1Of(bytes);
  const masked = isCut ? maskBeginning(redactor, latin1) : maskText(redactor, latin1);
  if (holdsSecretOtherwise(redactor, bytes)) return leftOut("secret");
  const isPicture = PICTURE_TYPE.test(mediaType) && !isCut;
  if (isPicture && masked === latin1) return whole({ kind: "image", base64: btoa(latin1) });
  return {
    content: { kind: "bytes", latin1: cutBytes(redactor, latin1) },
    isCut: isCut || bytes.length > SHOWN_BYTES,
  };
}

function maskWhole(redactor: Redactor, text: string, mediaType: string): string {
  return /json$/.test(mediaType) ? maskText(redactor, redactor.json(text)) : maskText(redactor, text);
}

function cutBytes(redactor: Redactor, latin1: string): string {
  return latin1.length > SHOWN_BYTES
    ? maskBeginning(redactor, latin1.slice(0, SHOWN_BYTES))
    : maskText(redactor, latin1);
}

/** A secret that reads only as UTF-8, or only without the zeros of UTF-16, can't be cut out of bytes. */
function holdsSecretOtherwise(redactor: Redactor, bytes: Uint8Array<ArrayBuffer>): boolean {
  const latin1 = latin1Of(bytes);
  const plain = new Set([latin1, redactor.text(latin1)]);
  return [new TextDecoder().decode(bytes), latin1.replaceAll("\0", "")].some(
    (reading) => !plain.has(reading) && marksIn(redactor.text(reading)) > marksIn(redactor.text(latin1)),
  );
}

const marksIn = (text: string): number => text.split("⟦").length;

/** The body as text; null where it is none. Of what is not said to be text, only clean UTF-8 is. */
function textOf(bytes: Uint8Array<ArrayBuffer>, mediaType: string, charset: string): string | null {
  const named = charset || byteOrderMark(bytes);
  if (TEXT_TYPE.test(mediaType) || charset !== "") return decoderOf(named).decode(bytes, { stream: true });
  if (PICTURE_TYPE.test(mediaType)) return null;
  try {
    const text = new TextDecoder(named || "utf-8", { fatal: true }).decode(bytes, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they tell bytes from text
    return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function byteOrderMark([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "";
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset || "utf-8");
  } catch {
    return new TextDecoder();
  }
}

function latin1Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
