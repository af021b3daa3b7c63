import { describe, expect, test } from "vitest";
import { runAtOnce } from "../../../lib/slices.ts";
import { pageSize, readingJson } from "./json-document.ts";
import { actionOf } from "./keys.ts";
import { ExactNumber, parseExact, printExact } from "./parse.ts";
import { inputPath, pythonPath, stepRoot } from "./path.ts";
import { type Listed, parentOf, visibleRows } from "./rows.ts";

const documentOf = (value: unknown) => runAtOnce(readingJson(JSON.stringify(value)));
const root = documentOf({ $return_value: { id: 7, tags: ["a", "b"] }, "a/b": { "": 1 } });
const closed = { expanded: new Set<string>(), listed: new Map<string, Listed>() };

function ids(expanded: readonly string[]): string[] {
  return visibleRows(root, { ...closed, expanded: new Set(expanded) }).map((row) => row.id);
}

describe("rows", () => {
  test("only what is open is listed", () => {
    expect(ids([])).toEqual(["/$return_value", "/a~1b"]);
    expect(ids(["/$return_value"])).toEqual([
      "/$return_value",
      "/$return_value/id",
      "/$return_value/tags",
      "/a~1b",
    ]);
    // An open child of a closed parent waits until the parent is opened again.
    expect(ids(["/$return_value/tags"])).toEqual(["/$return_value", "/a~1b"]);
  });

  test("levels, positions and paths", () => {
    const rows = visibleRows(root, {
      ...closed,
      expanded: new Set(["/$return_value", "/$return_value/tags"]),
    });
    const last = rows.find((row) => row.id === "/$return_value/tags/1");
    expect(last).toMatchObject({ level: 3, position: 2, siblings: 2, path: ["$return_value", "tags", 1] });
  });

  test("a key with a slash or without letters does not look like a level", () => {
    const rows = visibleRows(root, { ...closed, expanded: new Set(["/a~1b"]) });
    expect(rows.at(-1)).toMatchObject({ id: "/a~1b/", label: "", path: ["a/b", ""] });
    expect(parentOf("/a~1b/")).toBe("/a~1b");
  });

  test("a hundred thousand items are listed a page at a time", () => {
    const many = documentOf({ list: Array.from({ length: 100_000 }, (_, index) => index) });
    const open = new Set(["/list"]);
    const rows = visibleRows(many, { ...closed, expanded: open });
    expect(rows).toHaveLength(1 + pageSize + 1);
    expect(rows.at(-1)).toMatchObject({ more: 100_000 - pageSize, id: "/list//more" });
    const next = visibleRows(many, {
      expanded: open,
      listed: new Map([["/list", { from: 0, to: 2 * pageSize }]]),
    });
    expect(next).toHaveLength(1 + 2 * pageSize + 1);
    const middle = visibleRows(many, {
      expanded: open,
      listed: new Map([["/list", { from: 50_000, to: 50_000 + pageSize }]]),
    });
    expect(middle).toHaveLength(1 + 1 + pageSize + 1);
    expect(middle[1]).toMatchObject({ id: "/list//earlier", more: 50_000, isEarlier: true });
    expect(middle[2]).toMatchObject({ id: "/list/50000", position: 50_001, siblings: 100_000 });
    expect(parentOf("/list//earlier")).toBe("/list");
    expect(parentOf("/list//more")).toBe("/list");
  });
});

describe("keys", () => {
  const rows = visibleRows(root, { ...closed, expanded: new Set(["/$return_value"]) });

  test("arrows walk, open and close", () => {
    expect(actionOf(rows, 0, "ArrowDown")).toEqual({ kind: "move", id: "/$return_value/id" });
    expect(actionOf(rows, 0, "ArrowRight")).toEqual({ kind: "move", id: "/$return_value/id" });
    expect(actionOf(rows, 0, "ArrowLeft")).toEqual({ kind: "toggle" });
    expect(actionOf(rows, 2, "ArrowRight")).toEqual({ kind: "toggle" });
    expect(actionOf(rows, 1, "ArrowLeft")).toEqual({ kind: "move", id: "/$return_value" });
    expect(actionOf(rows, 1, "ArrowRight")).toBeNull();
    expect(actionOf(rows, 0, "ArrowUp")).toEqual({ kind: "move", id: "/$return_value" });
    expect(actionOf(rows, 0, "End")).toEqual({ kind: "move", id: "/a~1b" });
    expect(actionOf(rows, 0, "x")).toBeNull();
    expect(actionOf([], 0, "Enter")).toBeNull();
  });
});

describe("paths", () => {
  test("Python that reads the value", () => {
    expect(pythonPath(stepRoot("x"), ["$return_value", "items", 0, 'a "quoted" key'])).toBe(
      'pd.steps["x"]["$return_value"]["items"][0]["a \\"quoted\\" key"]',
    );
    expect(inputPath(["steps", "trigger", "event"])).toBe('pd.steps["trigger"]["event"]');
    expect(inputPath(["inputs", "slack", "$auth"])).toBe('pd.inputs["slack"]["$auth"]');
    expect(inputPath(["env", "STRIPE_KEY"])).toBe('os.environ["STRIPE_KEY"]');
    expect(inputPath(["env"])).toBe("os.environ");
  });
});

describe("parsing", () => {
  test("numbers that JavaScript can't hold stay as written", () => {
    const json = '{"id": 1234567890123456789, "near": 0.1, "text": "1234567890123456789", "small": 12}';
    const parsed = parseExact(json);
    expect(parsed).toMatchObject({ ok: true, value: { near: 0.1, text: "1234567890123456789", small: 12 } });
    const value = parsed.ok ? (parsed.value as Record<string, unknown>) : {};
    expect(value.id).toEqual(new ExactNumber("1234567890123456789"));
    expect(JSON.parse(printExact(value))).toEqual(JSON.parse(json));
    expect(printExact(value)).toContain('"id": 1234567890123456789');
  });

  test("what is not JSON is an error, not an exception", () => {
    expect(parseExact("{")).toMatchObject({ ok: false });
  });
});
