import { describe, expect, test } from "vitest";
import { scanPython } from "./scan.ts";

const strings = (code: string) =>
  scanPython(code).plainStrings.map(({ start, end }) => code.slice(start, end));
const lines = (code: string) => scanPython(code).lines.map(({ start, end }) => code.slice(start, end));

describe("strings", () => {
  test.each([
    ["x = 'a' + \"b\"", ["'a'", '"b"']],
    ["rb'\\'' + u'x'", ["rb'\\''", "u'x'"]],
    ['"""a\n"b" # c\n"""', ['"""a\n"b" # c\n"""']],
    ["# 'no string'\n'one'", ["'one'"]],
    ["'open\n'next'", ["'open", "'next'"]],
    ["'''open\nto the end", ["'''open\nto the end"]],
    ["''", ["''"]],
    ["'a\\\nb'", ["'a\\\nb'"]],
    ["f'text {x[\"key\"]!r:>{w[\"w\"]}} text' 'after'", ['"key"', '"w"', "'after'"]],
    ["f'{{no field \"}}' + 'x'", ["'x'"]],
    ["f'\\N{BULLET} \\{x}' + 'y'", ["'y'"]],
    ["F\"{ {'a': 1}['a'] }\"", ["'a'", "'a'"]],
    ["t'{f\"{'deep'}\"}' + 'x'", ["'deep'", "'x'"]],
    ["if'keyword'", ["'keyword'"]],
    ["def_f'x'", ["'x'"]],
  ])("%s", (code, expected) => expect(strings(code)).toEqual(expected));
});

describe("logical lines", () => {
  test.each([
    ["a\n\n  # c\nb", ["a\n", "\n", "  # c\n", "b"]],
    ["f(1,\n  2)\nx", ["f(1,\n  2)\n", "x"]],
    ["a = 1 + \\\n  2\nx", ["a = 1 + \\\n  2\n", "x"]],
    ["s = '''\n)\n'''\nx", ["s = '''\n)\n'''\n", "x"]],
    ["f'''\n{\n1\n}'''\nx", ["f'''\n{\n1\n}'''\n", "x"]],
    ["print(1\ndef f():\n  pass", ["print(1\n", "def f():\n", "  pass"]],
    ["a)\nb", ["a)\n", "b"]],
  ])("%s", (code, expected) => expect(lines(code)).toEqual(expected));

  test("know their indent and whether they hold code", () => {
    expect(scanPython("\tx\n   \n # c\r\n\r\n").lines.map(({ indent, kind }) => [indent, kind])).toEqual([
      ["\t", "code"],
      ["   ", "blank"],
      [" ", "comment"],
      ["", "blank"],
    ]);
  });
});

test("lines cover the whole text whatever it is", () => {
  const pieces = [
    "'",
    '"',
    "'''",
    "f'",
    "{",
    "}",
    "\\",
    "\n",
    "#",
    "(",
    ")",
    "[",
    "x",
    " ",
    ":",
    'f"""',
    "def ",
  ];
  let seed = 7;
  for (let round = 0; round < 3000; round += 1) {
    let code = "";
    for (let length = 0; length < 14; length += 1) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      code += pieces[seed % pieces.length] ?? "";
    }
    expect(lines(code).join("")).toBe(code);
  }
});
