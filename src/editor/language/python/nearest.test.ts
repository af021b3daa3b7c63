import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const keys = ["stargazers_count", "name", "full_name", "id"];

test.each([
  ["stargazer_count", "stargazers_count"],
  ["stargazers_cuont", "stargazers_count"],
  ["Name", "name"],
  ["nmae", "name"],
  ["fullname", "full_name"],
  ["starg", "stargazers_count"],
  ["xyz", null],
  ["i", "id"],
  ["response", null],
])("%s: %s", (name, meant) => {
  expect(nearest(name, keys)).toBe(meant);
});
