import { expect, test } from "vitest";
import { mergeShapes, type Shape, shapeOf } from "./shape.ts";

/** A shape as short text: `{a: int, b?: [str]}`. */
function written(shape: Shape): string {
  const text =
    shape.kind === "dict"
      ? `{${[...shape.fields].map(([key, field]) => `${key}: ${written(field)}`).join(", ")}${shape.whole ? "" : ", …"}}`
      : shape.kind === "list"
        ? `[${shape.item === null ? "" : written(shape.item)}]`
        : shape.kind;
  return shape.nullable && shape.kind !== "none" ? `${text}?` : text;
}

test.each([
  [{ a: 1, b: 1.5, c: "x", d: true, e: null }, "{a: int, b: float, c: str, d: bool, e: none}"],
  [[1, null, 2.5], "[float?]"],
  [[{ a: 1 }, { a: null, b: "x" }], "[{a: int?, b: str}]"],
  [[1, "x"], "[any]"],
  [[[], ["x"]], "[[str]]"],
  [[], "[]"],
])("%j is %s", (value, text) => {
  expect(written(shapeOf(value))).toBe(text);
});

test("shapes of several runs make one", () => {
  const merged = mergeShapes(
    shapeOf({ a: 1, rows: [] }),
    shapeOf({ a: null, rows: [{ x: "y" }], more: 1.5 }),
  );
  expect(written(merged)).toBe("{a: int?, rows: [{x: str}], more: float}");
});

test("nothing of a value is in its shape", () => {
  const seen = JSON.stringify(shapeOf({ token: "xoxb-secret", list: ["xoxb-secret"] }), (_, part: unknown) =>
    part instanceof Map ? [...part] : part,
  );
  expect(seen).toContain("token");
  expect(seen).not.toContain("secret");
});

test("what is huge has a bounded shape that says so", () => {
  const wide = shapeOf(Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index])));
  expect(wide.kind === "dict" && wide.fields.size).toBe(200);
  expect(wide.kind === "dict" && wide.whole).toBe(false);
  let deep: unknown = 1;
  for (let depth = 0; depth < 5000; depth++) deep = { deep };
  expect(written(shapeOf(deep))).toMatch(/any\}+$/);
  const rows = Array.from({ length: 100_000 }, (_, index) =>
    index < 99_000 ? { a: index } : { a: index, late: 1 },
  );
  expect(written(shapeOf(rows))).toBe("[{a: int}]");
});

test("a key like any other object's own is a key", () => {
  const shape = shapeOf(JSON.parse('{"__proto__": 1, "constructor": "x"}'));
  expect(written(shape)).toBe("{__proto__: int, constructor: str}");
});
