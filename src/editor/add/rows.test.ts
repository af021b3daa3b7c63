import { expect, test } from "vitest";
import type { AppMatch } from "../../catalog/index.ts";
import { groupApps, shownApps } from "./rows.ts";

function match(slug: string): AppMatch {
  const app = {
    slug,
    name: slug,
    description: "",
    categories: [],
    aliases: [],
    authType: "keys" as const,
    weight: 0,
    color: "#000000",
    iconPath: null,
  };
  return { app, rank: "all", highlight: [] };
}

const nothing = { query: "", accountCounts: new Map<string, number>(), recent: [] };

test("with nothing typed, what the person uses has groups of its own", () => {
  const groups = groupApps(["a", "b", "c"].map(match), {
    ...nothing,
    accountCounts: new Map([["a", 2]]),
    recent: ["b", "a"],
  });
  expect(groups.map(({ heading, rows }) => [heading, rows.map(({ app }) => app.slug)])).toEqual([
    ["Connected", ["a"]],
    ["Recent", ["b"]],
    ["Apps", ["c"]],
  ]);
  expect(groups[0]?.rows[0]?.hint).toBe("Key · 2 accounts");
});

test("what a query finds keeps the order of the search", () => {
  const groups = groupApps(["c", "a"].map(match), {
    ...nothing,
    query: "x",
    accountCounts: new Map([["a", 1]]),
  });
  expect(groups.map(({ rows }) => rows.map(({ app }) => app.slug))).toEqual([["c", "a"]]);
});

test("three thousand apps are not three thousand rows", () => {
  const groups = groupApps(
    Array.from({ length: 3000 }, (_, index) => match(`app${index}`)),
    nothing,
  );
  expect(groups.flatMap(({ rows }) => rows)).toHaveLength(shownApps);
  expect(groupApps([], nothing)).toEqual([]);
});
