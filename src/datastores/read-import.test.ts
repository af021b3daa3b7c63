// @vitest-environment node
import { describe, expect, test } from "vitest";
import { readImport } from "./read-import.ts";

const read = (text: string, name = "file.json") => {
  const result = readImport(text, name);
  return result.ok ? result.value.map(({ key, json }) => [key, json]) : result.error.message;
};

describe("an import reads", () => {
  test.each<[string, string, string, unknown]>([
    [
      "an object",
      "a.json",
      '{"a": {"n": 1.0}, "b": null}',
      [
        ["a", '{"n":1.0}'],
        ["b", "null"],
      ],
    ],
    [
      "a list of records",
      "a.json",
      '[{"key": "a", "value": [12345678901234567890]}]',
      [["a", "[12345678901234567890]"]],
    ],
    [
      "JSON lines",
      "a.jsonl",
      '{"key": "a", "value": 1}\n\n{"key": "b", "value": "x"}\n',
      [
        ["a", "1"],
        ["b", '"x"'],
      ],
    ],
    [
      "JSON lines of objects",
      "a.jsonl",
      '{"a": 1}\n{"b": 2, "a": 3}',
      [
        ["a", "3"],
        ["b", "2"],
      ],
    ],
    [
      "an object whose keys are key and value",
      "a.json",
      '{"key": 1, "value": 2}',
      [
        ["key", "1"],
        ["value", "2"],
      ],
    ],
    [
      "CSV with values",
      "a.csv",
      '\uFEFFkey,value\na,1\n"b ""x""","{""n"": 2}"\r\nc,plain text\n',
      [
        ["a", "1"],
        ['b "x"', '{"n":2}'],
        ["c", '"plain text"'],
      ],
    ],
    [
      "CSV with columns",
      "a.csv",
      "name,key,age\nAda,a,36\nBob,b,\n",
      [
        ["a", '{"name":"Ada","age":"36"}'],
        ["b", '{"name":"Bob","age":""}'],
      ],
    ],
  ])("%s", (_, name, text, expected) => {
    expect(read(text, name)).toEqual(expected);
  });

  test("expiry", () => {
    const result = readImport('[{"key": "a", "value": 1, "expires_at": "2030-01-01T00:00:00Z"}]', "a.json");
    expect(result.ok && result.value[0]?.expiresAt).toBe(Date.UTC(2030, 0, 1));
  });

  test.each([
    ["nothing", "", "not valid JSON"],
    ["broken JSON", '{"a": ', "line 1"],
    ["a broken line", '{"a": 1}\n{', "Line 2 is not valid JSON."],
    ["a text", '"a"', "neither an object nor a list"],
    ["a list of values", "[1]", "Item 1 is not a record"],
    ["a bad time", '[{"key": "a", "value": 1, "expires_at": "soon"}]', "expires_at"],
    ["no records", "{}", "no records"],
    ["an empty key", '{"": 1}', "without a key"],
    ["a long key", JSON.stringify({ ["x".repeat(1025)]: 1 }), "more than 1024 characters"],
  ])("%s not", (_, text, message) => {
    expect(read(text)).toContain(message);
  });

  test.each([
    ["without a column of keys", "a,b\n1,2", "“key”"],
    ["with an open quote", 'key,value\n"a,1', "quote"],
  ])("CSV %s not", (_, text, message) => {
    expect(read(text, "a.csv")).toContain(message);
  });
});
