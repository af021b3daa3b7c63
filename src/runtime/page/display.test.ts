import { expect, test } from "vitest";
import { readDisplay } from "./display.ts";

const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const response = (over: object) =>
  JSON.stringify({ kind: "response", status: 200, headers: [], encoding: "text", ...over });
const table = { kind: "table", columns: [{ name: "a", dtype: "int64" }], columnsTotal: 1, total: 9, kept: 1 };

test("a table, an image and a text are read, with what is missing in their heads", () => {
  expect(readDisplay(JSON.stringify(table), [bytes("[[1]]")])).toEqual({
    head: { ...table, returned: false, note: null },
    parts: ["[[1]]"],
  });
  const image = { kind: "image", mime: "image/png", scale: 2, returned: true };
  expect(readDisplay(JSON.stringify(image), [bytes("png")])).toEqual({
    head: { ...image, note: null },
    bytes: bytes("png"),
  });
  expect(readDisplay('{"kind":"html","note":"cut"}', [bytes("<b>ü")])).toEqual({
    head: { kind: "html", returned: false, note: "cut" },
    parts: ["<b>ü"],
  });
});

test.each([
  ["no JSON", "{", [bytes("")]],
  ["another kind", '{"kind":"script"}', [bytes("")]],
  ["another media type", '{"kind":"image","mime":"text/html","scale":1}', [bytes("")]],
  ["an image without bytes", '{"kind":"image","mime":"image/png","scale":1}', []],
  ["parts that are missing", JSON.stringify({ ...table, kept: 1001 }), [bytes("[]")]],
  ["parts too many", '{"kind":"text"}', [bytes(""), bytes("")]],
  ["an answer that no client takes", response({ status: 100 }), [bytes("x")]],
  ["an answer in broken base64", response({ encoding: "base64" }), [bytes("a=b=")]],
  ["an answer that is too large", response({}), [new ArrayBuffer(11 << 20)]],
])("%s is not passed on", (_, head, parts) => {
  expect(readDisplay(head, parts)).toBeUndefined();
});
