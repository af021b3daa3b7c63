import { expect, test } from "vitest";
import { expandTemplate, fieldsIn, filledFields, MissingField } from "./fields.ts";
import { exampleField } from "./harness/example-app.ts";

test("fields take their places, encoded if asked", () => {
  expect(expandTemplate("{a}/{b}?{a}", { a: "1", b: "x y" })).toBe("1/x y?1");
  expect(expandTemplate("{b}", { b: "x y" }, encodeURIComponent)).toBe("x%20y");
});

test("braces that are no field stay: GraphQL", () => {
  expect(expandTemplate("query { me { id } }", {})).toBe("query { me { id } }");
});

test("a value with braces of its own is not expanded again", () => {
  expect(expandTemplate("{a}", { a: "{b}", b: "secret" })).toBe("{b}");
});

test("a missing or empty field is an error that names it, not a hole in the request", () => {
  expect(() => expandTemplate("Bearer {key}", {})).toThrow(MissingField);
  expect(() => expandTemplate("Bearer {key}", { key: "" })).toThrow('needs a value for "key"');
});

test("each field of a template once, in order", () => {
  expect(fieldsIn("{b}{a}{b}")).toEqual(["b", "a"]);
});

test("defaults stand in for what was left out; values are trimmed, as pasted keys need it", () => {
  const app = {
    fields: [exampleField("host", { optional: true, default: "example.com" }), exampleField("key")],
  };
  expect(filledFields(app, { key: " k\n" })).toEqual({ key: "k", host: "example.com" });
  expect(filledFields(app, { host: "  " })).toEqual({ host: "example.com" });
  expect(filledFields(app, { host: "mine.com" })).toEqual({ host: "mine.com" });
});
