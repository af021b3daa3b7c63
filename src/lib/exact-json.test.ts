// @vitest-environment node
import { expect, test } from "vitest";
import { exactText, parseExact } from "./exact-json.ts";

test("numbers come out as they went in", () => {
  const text = '{"id":12345678901234567890,"one":1.0,"tiny":1e-400,"list":[0.1,-0,7]}';
  expect(exactText(parseExact(text))).toBe(text);
  expect(exactText(parseExact('{"a":[1.50]}'), 2)).toBe('{\n  "a": [\n    1.50\n  ]\n}');
});

test("what is no JSON is refused as ever", () => {
  expect(() => parseExact("{")).toThrow(SyntaxError);
});
