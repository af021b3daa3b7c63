import { appSummaries } from "virtual:runnel-apps";
import { expect, test } from "vitest";
import { lightnessOf, tileColor } from "./tile-color.ts";

test("most brands keep their colour", () => {
  expect(tileColor("#4A154B")).toBe("#4a154b");
  expect(tileColor("#ff6c37")).toBe("#ff6c37");
});

test.each(["#000000", "#181717", "#0a0014"])("%s is lifted off the dark panel", (color) => {
  expect(tileColor(color)).not.toBe(color);
  expect(lightnessOf(tileColor(color))).toBeCloseTo(0.3, 1);
});

test.each(["#ffffff", "#f8f8f0"])("%s is set off from the light panel", (color) => {
  expect(lightnessOf(tileColor(color))).toBeCloseTo(0.9, 1);
});

test("a grey stays grey: red, green and blue move together", () => {
  expect(tileColor("#000000")).toMatch(/^#(..)\1\1$/);
});

test("no tile of the catalogue vanishes in either theme", () => {
  for (const { slug, color } of appSummaries) {
    expect([slug, lightnessOf(color) > 0.29 && lightnessOf(color) < 0.91]).toEqual([slug, true]);
  }
});
