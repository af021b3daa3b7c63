import { describe, expect, test } from "vitest";
import { parseEvent } from "./event.ts";

test.each([
  ["{}"],
  ['{"a": [1, 2.5e-3, {"b": null}]}'],
  ["[]"],
  ['"text"'],
  ["-0"],
  ["\n\t true \r\n"],
  ['"\u2028 \\u00e9"'],
])("%j is an event", (text) => expect(parseEvent(text)).toEqual({ ok: true, value: JSON.parse(text) }));

describe("says what is wrong and where", () => {
  test.each([
    ["", 1, 1, "The event is empty"],
    [" \n ", 1, 1, "The event is empty"],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, 'comma or "}" is missing'],
    ['{\n  "a": 1,\n}', 2, 9, "comma too many"],
    ["[1, 2 , ]", 1, 7, "comma too many"],
    ["[1 2]", 1, 4, 'comma or "]" is missing'],
    ["{'a': 1}", 1, 2, "A name in double quotes"],
    ["{\"a\": 'b'}", 1, 7, "in double quotes"],
    ["{a: 1}", 1, 2, "A name in double quotes"],
    ['{"a" 1}', 1, 6, "colon is missing"],
    ['{"a": hello}', 1, 7, '"hello" is not a value'],
    ['{"a": True}', 1, 7, "written true"],
    ['{"a": None}', 1, 7, "written null"],
    ["[01]", 1, 2, '"01" is not a number'],
    ["[1.]", 1, 2, '"1." is not a number'],
    ["[+1]", 1, 2, '"+1" is not a number'],
    ["[NaN]", 1, 2, '"NaN" is not a value'],
    ['{"a": "open\n}', 1, 7, "no closing quote"],
    ['"a', 1, 1, "no closing quote"],
    ['{"a": "\\x"}', 1, 8, "backslash"],
    ['["a\tb"]', 1, 4, "control character"],
    ['{"a": 1', 1, 8, "ends too early"],
    ['{"a":', 1, 6, "ends too early"],
    ["[[[", 1, 4, "ends too early"],
    ["{} {}", 1, 4, "more text after the end"],
    ["{}}", 1, 3, "more text after the end"],
    ["]", 1, 1, "A value is expected"],
    ['{"a": // note\n1}', 1, 7, "A value is expected"],
    ["[1,,2]", 1, 4, "A value is expected"],
  ])("%j at %d:%d", (text, line, column, message) => {
    const parsed = parseEvent(text);
    expect(parsed).toMatchObject({ ok: false, error: { line, column } });
    expect(parsed.ok ? "" : parsed.error.message).toContain(message);
  });
});

test("agrees with JSON.parse on what is JSON, whatever the text", () => {
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    "n",
    "u00e9",
    "1",
    "-",
    ".",
    "e",
    "0",
    "true",
    "null",
    " ",
    "\n",
    '"a"',
  ];
  let seed = 11;
  let valid = 0;
  for (let round = 0; round < 20_000; round += 1) {
    let text = "";
    const length = 1 + (round % 7);
    for (let index = 0; index < length; index += 1) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      text += pieces[(seed >>> 8) % pieces.length] ?? "";
    }
    let isJson = true;
    try {
      JSON.parse(text);
      valid += 1;
    } catch {
      isJson = false;
    }
    const parsed = parseEvent(text);
    expect([text, parsed.ok]).toEqual([text, isJson]);
    if (!parsed.ok) expect(parsed.error.message).not.toBe("This is not valid JSON.");
  }
  expect(valid).toBeGreaterThan(100);
});

test("deep nesting is no problem of the finder", () => {
  expect(parseEvent(`${"[".repeat(200_000)}1,`)).toMatchObject({
    ok: false,
    error: { line: 1, column: 200_003 },
  });
});
