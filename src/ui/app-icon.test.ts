import { expect, test } from "vitest";
import { initialsOf, inkOn } from "./app-icon.ts";

test("letters of a tile", () => {
  expect(initialsOf("Slack Bot")).toBe("SB");
  expect(initialsOf("GitHub")).toBe("GH");
  expect(initialsOf("Slack")).toBe("S");
  expect(initialsOf("AWS")).toBe("A");
  expect(initialsOf("monday.com")).toBe("MC");
  expect(initialsOf("Slack (v2)")).toBe("SV");
  expect(initialsOf("")).toBe("?");
});

test("ink that can be read on the tile", () => {
  expect(inkOn("#4A154B", "letters")).toBe("#ffffff");
  expect(inkOn("#FFE01B", "logo")).toBe("#000000");
  expect(inkOn("#1a82e2", "letters")).toBe("#000000");
  expect(inkOn("#1a82e2", "logo")).toBe("#ffffff");
});
