import { describe, expect, test } from "vitest";
import { runAtOnce } from "../../../lib/slices.ts";
import { type JsonDocument, type JsonNode, pageSize, readingJson } from "./json-document.ts";
import { preview, valueText } from "./json-values.ts";
import { revealed } from "./rows.ts";
import { searching } from "./search.ts";

const read = (json: string) => runAtOnce(readingJson(json));

/** The whole value, by way of rows. */
function readBack(document: JsonDocument, node: JsonNode): unknown {
  const children = () => [...document.children(node, 0, Number.POSITIVE_INFINITY)];
  if (node.kind === "array") return children().map((child) => readBack(document, child.node));
  if (node.kind === "object")
    return Object.fromEntries(children().map(({ key, node }) => [key, readBack(document, node)]));
  return JSON.parse(document.text.slice(node.start, node.end));
}

const large = {
  list: Array.from({ length: 1234 }, (_, n) => ({ n, text: `row "${n}" \\`, deep: [[n], { "": null }] })),
  map: Object.fromEntries(Array.from({ length: 700 }, (_, n) => [`key ${n}`, n / 4])),
  text: "x".repeat(9000),
  nothing: { empty: {}, none: [], spaced: [] },
};

describe("reading", () => {
  test.each([
    ["without space", JSON.stringify(large)],
    ["laid out", JSON.stringify(large, null, 2)],
    ["as Python writes it", JSON.stringify(large).replaceAll(',"', ', "').replaceAll('":', '": ')],
    ["one value", '"text"'],
    ["odd strings", String.raw`{"\"}": ["\\", "]", "\u005d"], "a": -1.5e3}`],
  ])("the rows hold what the text says: %s", (_, json) => {
    const document = read(json);
    expect(readBack(document, document.root)).toEqual(JSON.parse(json));
  });

  test.each(["", "[", "[1}", "]", '{"a": [1, 2}', "[".repeat(10_001) + "]".repeat(10_001)])(
    "what is no JSON is an error: %.20s",
    (json) => expect(() => read(json)).toThrow(),
  );

  test("children are counted without reading them", () => {
    const document = read(JSON.stringify(large));
    const counts = [...document.children(document.root, 0, 9)].map(({ key, node }) => [
      key,
      document.countOf(node),
    ]);
    expect(counts).toEqual([
      ["list", 1234],
      ["map", 700],
      ["text", 0],
      ["nothing", 3],
    ]);
  });

  test("a key that is there twice is listed twice", () => {
    const document = read('{"1": "a", "1": "b"}');
    expect([...document.children(document.root, 0, 9)].map(({ key }) => key)).toEqual(["1", "1"]);
  });
});

describe("a place in the text", () => {
  const document = read(JSON.stringify({ list: large.list }));

  test("leads to its row, with the page listed that has it", () => {
    const place = document.text.indexOf('"n":1000,');
    const found = revealed(document, { expanded: new Set(), listed: new Map() }, place);
    expect(found?.id).toBe("/list/1000/n");
    expect([...(found?.view.expanded ?? [])]).toEqual(["/list", "/list/1000"]);
    expect(found?.view.listed).toEqual(new Map([["/list", { from: 5 * pageSize, to: 6 * pageSize }]]));
  });

  test("every place of a key or value leads to it", () => {
    for (const [path, wanted] of [
      ['"deep":[[7]', "/list/7/deep"],
      ['[7],{"":null}', "/list/7/deep/0"],
      ['"":null}]},{"n":8,', "/list/7/deep/1/"],
      ['{"n":0,', "/list/0"],
    ] as const) {
      const place = document.text.indexOf(path);
      expect(revealed(document, { expanded: new Set(), listed: new Map() }, place)?.id, path).toBe(wanted);
    }
  });
});

describe("search", () => {
  const search = (json: string, query: string) => {
    const document = read(json);
    return runAtOnce(searching(document, query, () => {})).map(
      (place) => revealed(document, { expanded: new Set(), listed: new Map() }, place)?.id,
    );
  };

  test("keys, texts, numbers and words, upper and lower case alike; a row once", () => {
    const json = '{"Name": "name", "a": ["NAME", {"b": 12.5, "c": true}], "x\\u0041y": "rename \\"me\\""}';
    expect(search(json, "name")).toEqual(["/Name", "/a/0", "/xAy"]);
    expect(search(json, "12.5")).toEqual(["/a/1/b"]);
    expect(search(json, "TRUE")).toEqual(["/a/1/c"]);
    expect(search(json, "xay")).toEqual(["/xAy"]);
    expect(search(json, '"me"')).toEqual(["/xAy"]);
  });

  test("brackets and commas between values are no text", () => {
    expect(search('{"a": ["b", "c"], "d": [1, 2]}', ", ")).toEqual([]);
    expect(search('{"a": ["b, c"]}', ", ")).toEqual(["/a/0"]);
  });

  test("what was found so far is told while it looks on", () => {
    const document = read(JSON.stringify(large.list));
    const told: number[] = [];
    const all = runAtOnce(searching(document, "row", (matches) => told.push(matches.length)));
    expect(all).toHaveLength(1234);
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("one value", () => {
  const first = (json: string) => {
    const document = read(json);
    const [child] = document.children(document.root, 0, 1);
    if (!child) throw new Error("There is no child.");
    return { preview: preview(document, child.node), text: valueText(document, child.node) };
  };

  test("in a line", () => {
    expect(first('[{"a": 1, "b": {}, "c": [], "d": 0, "e": 0}]').preview).toBe("{a, b, c, d, … 1 more}");
    expect(first("[[1, 2]]").preview).toBe("[2 items]");
    expect(first("[1234567890123456789.50]").preview).toBe("1234567890123456789.50");
    expect(first('["a\\n\\u00fc"]').preview).toBe('"a\\nü"');
    expect(first(`["${"y".repeat(500)}"]`).preview).toBe(`"${"y".repeat(400)}"… 500 characters`);
    expect(first(`["${"\\u00fc".repeat(20_000)}"]`).preview).toMatch(
      /^"(\\u00fc)+"… about 120,000 characters$/,
    );
  });

  test("to be copied", () => {
    expect(first('["a\\n\\u00fc"]').text).toBe("a\nü");
    expect(first('[{"id": 12345678901234567890}]').text).toBe('{\n  "id": 12345678901234567890\n}');
    const long = JSON.stringify([Array.from({ length: 200_000 }, (_, n) => n)]);
    expect(first(long).text).toBe(long.slice(1, -1));
  });
});
