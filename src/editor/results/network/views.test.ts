import { describe, expect, test } from "vitest";
import { cutNote, describeBody, formPairs, viewOf } from "./body-view.ts";
import { entriesOf, filterEntries } from "./entries.ts";
import { hexView } from "./hex.ts";
import { prettyJson } from "./pretty.ts";
import { body, connection, exchange, message } from "./testing.ts";

describe("prettyJson", () => {
  test("means the same, to the digit", () => {
    const text = '{"a":[1,2.50,{"b":"x, {\\"y\\"}: ⟦s⟧"}],"n":12345678901234567890,"e":[],"o":{} }';
    const pretty = prettyJson(text);
    expect(JSON.parse(pretty)).toEqual(JSON.parse(text));
    expect(pretty).toContain("12345678901234567890");
    expect(prettyJson('{"e":[],"o":{"a":1}}')).toBe('{\n  "e": [],\n  "o": {\n    "a": 1\n  }\n}');
  });

  test.each(['{"a":1,"b":"xy', '{"a":[{"b', "[1,", '{"a"', "]}", "", '"\\'])(
    "copes with a cut text: %j",
    (text) => {
      expect(prettyJson(text).replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
    },
  );
});

test("bytes as hex, the mark of a secret on its own line", () => {
  expect(hexView("Hello, world! 123\0\xff").split("\n")).toEqual([
    "000000  48 65 6c 6c 6f 2c 20 77 6f 72 6c 64 21 20 31 32  Hello, world! 12",
    `000010  ${"33 00 ff".padEnd(48)} 3··`,
  ]);
  expect(
    hexView("ab⟦s⟧c")
      .split("\n")
      .map((line) => line.trim()),
  ).toEqual([`000000  ${"61 62".padEnd(48)} ab`, "⟦s⟧", `${"63".padEnd(48)} c`]);
});

test("a form's pairs", () => {
  expect(formPairs("a=1+2&b%5B%5D=%C3%BC&c&=d&token=⟦s⟧")).toEqual([
    ["a", "1 2"],
    ["b[]", "ü"],
    ["c", ""],
    ["", "d"],
    ["token", "⟦s⟧"],
  ]);
});

test("what is said about a body", () => {
  expect(describeBody(body("{}", { mediaType: "application/json", size: 1200, encoding: "gzip" }))).toBe(
    "application/json · 1.2 kB, gzip",
  );
  expect(viewOf(body("[1]"))).toBe("json");
  expect(viewOf(body("[1", { isCut: true }))).toBeNull();
  expect(viewOf(body("{", { isCut: true, mediaType: "application/problem+json" }))).toBe("json");
  expect(cutNote(body("x", { isCut: true, size: 1_000_000 }))).toBe(
    "Only the first 64 KB of 1.0 MB are kept.",
  );
  expect(cutNote(body("x", { isCut: true, state: "cut-off" }))).toContain("ended");
  expect(cutNote(body("x"))).toBe("");
});

describe("entries", () => {
  const network = [
    connection(
      [
        exchange({ path: "/users", response: message([], body("12345")) }),
        exchange({ id: 2, status: null, response: null }),
      ],
      {
        error: "The connection was reset.",
        state: "failed",
      },
    ),
    connection([], { id: 2, host: "::1", port: 6379, tls: false }),
    connection([exchange({ path: "http://far.example/x", status: 404, reason: "Not Found" })], {
      id: 3,
      tls: false,
      port: 3128,
    }),
  ];

  test("a line for each request, or for the connection", () => {
    expect(
      entriesOf(network).map(({ key, method, url, result, received }) => [
        key,
        method,
        url,
        result,
        received,
      ]),
    ).toEqual([
      ["1-1", "GET", "https://api.example.com/users", "200 OK", 5],
      ["1-2", "GET", "https://api.example.com/", "Failed", null],
      ["2", "TCP", "[::1]:6379", "Closed", 2304],
      ["3-1", "GET", "http://far.example/x", "404 Not Found", 0],
    ]);
    expect(entriesOf(network).map(({ error }) => error !== null)).toEqual([false, true, false, false]);
  });

  test("an error's code is put into words", () => {
    const failed = (error: string) =>
      entriesOf([connection([], { state: "failed", error })]).map((entry) => entry.error);
    expect(failed("connect ECONNREFUSED 127.0.0.1:9")).toEqual([
      "The connection was refused: nothing listens there (connect ECONNREFUSED 127.0.0.1:9).",
    ]);
    expect(failed("certificate has expired")).toEqual(["certificate has expired"]);
  });

  test("are filtered by words", () => {
    const found = (filter: string) => filterEntries(entriesOf(network), filter).map(({ key }) => key);
    expect(found("get USERS")).toEqual(["1-1"]);
    expect(found("404")).toEqual(["3-1"]);
    expect(found("reset")).toEqual(["1-2"]);
    expect(found(" ")).toHaveLength(4);
  });
});
