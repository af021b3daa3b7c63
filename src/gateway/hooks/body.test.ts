// @vitest-environment node
import { describe, expect, test } from "vitest";
import { readBody } from "./body.ts";

const read = (body: string | Uint8Array, type?: string) => readBody(Buffer.from(body as string), type);

describe("fact 6: the body of an HTTP request is", () => {
  test.each([
    ["JSON", "application/json", '{"a": [1, null]}', { a: [1, null] }],
    ["JSON of a vendor", "application/vnd.api+json; charset=utf-8", "[1]", [1]],
    ["a JSON text", "application/json", '"x"', "x"],
    ["text where the JSON is broken", "application/json", '{"a":', '{"a":'],
    ["a form", "application/x-www-form-urlencoded", "a=1&b=x%20y&b=z", { a: "1", b: ["x y", "z"] }],
    [
      "what curl -d sends as a form",
      "application/x-www-form-urlencoded",
      '{"name": "Yoda"}',
      { name: "Yoda" },
    ],
    ["JSON without a type", undefined, '{"name": "Yoda"}', { name: "Yoda" }],
    ["text", "text/plain", '{"a": 1}', '{"a": 1}'],
    ["XML", "application/soap+xml", "<a/>", "<a/>"],
    ["text without a type", undefined, "hello", "hello"],
    ["nothing", "application/json", "", null],
    [
      "a form with a name of objects",
      "application/x-www-form-urlencoded",
      "__proto__=x",
      JSON.parse('{"__proto__":"x"}'),
    ],
  ])("%s", async (_name, type, body, expected) => {
    expect(await read(body, type)).toEqual(expected);
  });

  test("text in its own charset", async () => {
    expect(await read(new Uint8Array([0xe9]), "text/plain; charset=iso-8859-1")).toBe("é");
  });

  test("base64 where it is no text", async () => {
    expect(await read(new Uint8Array([0xff, 0xfe, 0]), "image/png")).toBe("//4A");
    expect(await read(new Uint8Array([65, 0, 66]), "application/octet-stream")).toBe("QQBC");
  });

  test("a form with files", async () => {
    const form = new FormData();
    form.append("name", "Leia");
    form.append("image", new File([new Uint8Array([0, 255])], "i.png", { type: "image/png" }));
    const response = new Response(form);
    const type = response.headers.get("content-type") ?? "";
    expect(await read(new Uint8Array(await response.arrayBuffer()), type)).toEqual({
      name: "Leia",
      image: { filename: "i.png", mimetype: "image/png", size: 2, content: "AP8=" },
    });
    expect(await read("broken", type)).toBe("broken");
  });
});
