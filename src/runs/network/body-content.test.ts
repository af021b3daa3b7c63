import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { HttpBody } from "../../runtime/protocol.ts";
import { createRedactor } from "../../vault/index.ts";
import { bodyTypeOf, readBody } from "./body-content.ts";

const SECRET = "xoxb-4711-Zq8+/=";
const redactor = createRedactor([{ name: "s", value: SECRET }]);
const encode = (text: string) => new TextEncoder().encode(text);

function bodyOf(bytes: Uint8Array, change: Partial<HttpBody> = {}): HttpBody {
  return {
    size: bytes.length,
    state: "complete",
    bytes: new Uint8Array(bytes),
    overBudget: false,
    ...change,
  };
}
const read = async (bytes: Uint8Array, mediaType = "", change: Partial<HttpBody> = {}, encoding = "") =>
  readBody(redactor, bodyOf(bytes, change), { mediaType, charset: "", encoding });
const text = (content: string, isCut = false) => ({ content: { kind: "text", text: content }, isCut });
const leftOut = (why: string) => ({ content: { kind: "left-out", why }, isCut: false });

test("what the headers say of a body", () => {
  expect(
    bodyTypeOf([
      ["Content-Type", 'Text/HTML; charset="ISO-8859-1"; x=y'],
      ["content-encoding", "GZIP"],
    ]),
  ).toEqual({ mediaType: "text/html", charset: "iso-8859-1", encoding: "gzip" });
  expect(bodyTypeOf([["Content-Encoding", "identity"]])).toEqual({
    mediaType: "",
    charset: "",
    encoding: "",
  });
});

describe("text", () => {
  test("in its charset, of the headers or a byte order mark", async () => {
    const latin1 = Uint8Array.of(0x68, 0xe9);
    const type = { mediaType: "text/plain", charset: "iso-8859-1", encoding: "" };
    expect(await readBody(redactor, bodyOf(latin1), type)).toEqual(text("hé"));
    expect(await read(Uint8Array.of(0xff, 0xfe, 0x68, 0, 0x69, 0), "text/csv")).toEqual(text("hi"));
    const odd = { ...type, charset: "no-such-thing" };
    expect(await readBody(redactor, bodyOf(encode("é")), odd)).toEqual(text("é"));
  });

  test("that nobody calls text", async () => {
    expect(await read(encode("plain ü\n"), "application/octet-stream")).toEqual(text("plain ü\n"));
    expect(await read(encode("<svg/>"), "image/svg+xml")).toEqual(text("<svg/>"));
  });

  test("cut off: no half character, no half secret", async () => {
    const bytes = encode(`é ${SECRET} é`).slice(0, -1);
    expect(await read(bytes, "text/plain", { size: 99_999 })).toEqual(text("é ⟦s⟧ ", true));
    const half = encode(`a ${SECRET.slice(0, 7)}`);
    expect(await read(half, "text/plain", { size: 99_999 })).toEqual(text("a ", true));
    expect(await read(half, "text/plain", { state: "cut-off" })).toEqual(text("a ", true));
  });
});

describe("secrets", () => {
  test("in JSON, escaped in whatever way", async () => {
    const json = `{"a":"${SECRET.replace("+", "\\u002B")}","n":1}`;
    expect(await read(encode(json), "application/json")).toEqual(text('{"a":"⟦s⟧","n":1}'));
    const cut = await read(encode(`${json.slice(0, -1)},"more":"x`), "application/json", { size: 70_000 });
    expect(cut.content).toEqual({ kind: "text", text: '{"a":"⟦s⟧","n":1,"more":"' });
  });

  test("in a compressed body, also one that is cut off", async () => {
    const filler = Array.from({ length: 3000 }, (_, index) => (index * 7919) % 9973).join(" ");
    const packed = gzipSync(`${SECRET} ${filler} ${SECRET}`);
    const whole = await read(packed, "text/plain", {}, "gzip");
    expect(whole).toEqual(text(`⟦s⟧ ${filler} ⟦s⟧`));
    const cut = await read(packed.subarray(0, 4000), "text/plain", { size: packed.length }, "gzip");
    expect(cut.isCut).toBe(true);
    expect(JSON.stringify(cut)).toContain("⟦s⟧");
    expect(JSON.stringify(cut)).not.toContain("xoxb");
  });

  test("in bytes", async () => {
    const bytes = (between: Uint8Array) => Uint8Array.of(0, 1, 255, ...between, 2, 0);
    const shown = await read(bytes(encode(SECRET)), "application/octet-stream");
    expect(shown.content).toEqual({ kind: "bytes", latin1: "\0\u0001ÿ⟦s⟧\u0002\0" });
    const wide = [...SECRET].flatMap((char) => [char.charCodeAt(0), 0]);
    expect(await read(bytes(Uint8Array.from(wide)), "application/x-odd")).toEqual(leftOut("secret"));
  });

  test("bytes in which one could hide are not kept", async () => {
    expect(await read(gzipSync(SECRET), "application/octet-stream")).toEqual(leftOut("packed"));
    expect(await read(encode(SECRET), "text/plain", {}, "br")).toEqual(leftOut("encoding"));
    expect(await read(encode(SECRET), "text/plain", {}, "gzip")).toEqual(leftOut("broken-encoding"));
  });
});

describe("other bodies", () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0);

  test("a picture that is all there is one; another is bytes", async () => {
    expect((await read(png, "image/png")).content).toEqual({
      kind: "image",
      base64: btoa(String.fromCharCode(...png)),
    });
    expect((await read(png, "image/png", { size: 70_000 })).content.kind).toBe("bytes");
    const withSecret = Uint8Array.of(...png, ...encode(SECRET));
    expect(JSON.stringify(await read(withSecret, "image/png"))).not.toContain("xoxb");
  });

  test("of bytes only the first are kept", async () => {
    const { content, isCut } = await read(new Uint8Array(5000).fill(200), "application/x-odd");
    expect([content.kind === "bytes" && content.latin1.length, isCut]).toEqual([1024, true]);
  });

  test("none, not there yet, none kept", async () => {
    expect((await read(new Uint8Array())).content.kind).toBe("empty");
    expect((await read(encode("x"), "", { bytes: null, state: "arriving" })).content.kind).toBe("arriving");
    expect(await read(new Uint8Array(), "", { size: 5, overBudget: true })).toEqual(leftOut("over-budget"));
  });
});
