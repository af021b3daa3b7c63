import { describe, expect, test } from "vitest";
import { countOf, formatAgo, formatBytes, formatClock, formatDuration } from "./format.ts";

describe("formatBytes", () => {
  test.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [1234, "1.2 kB"],
    [9_949, "9.9 kB"],
    [9_960, "10 kB"],
    [999_400, "999 kB"],
    [999_600, "1.0 MB"],
    [50_000_000, "50 MB"],
    [7e15, "7000 TB"],
  ])("%d is %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("formatDuration", () => {
  test.each([
    [-3, "0 ms"],
    [0.4, "0 ms"],
    [236, "236 ms"],
    [999.7, "1.0 s"],
    [1_234, "1.2 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min"],
    [185_000, "3 min 5 s"],
    [7_440_000, "2 h 4 min"],
  ])("%d ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});

describe("formatAgo", () => {
  const now = Date.UTC(2026, 6, 15, 12);
  const minutes = 60_000;
  test.each([
    [-5 * minutes, "just now"],
    [0.9 * minutes, "just now"],
    [5 * minutes, "5 min ago"],
    [59.9 * minutes, "59 min ago"],
    [60 * minutes, "1 h ago"],
    [25 * 60 * minutes, "yesterday"],
    [3 * 24 * 60 * minutes, "3 days ago"],
  ])("%d ms before is %s", (age, text) => expect(formatAgo(now - age, now)).toBe(text));

  test("an old time is a date with its year", () => {
    expect(formatAgo(Date.UTC(2024, 0, 15, 12), now)).toContain("2024");
  });
});

test("formatClock pads to two digits", () => {
  expect(formatClock(new Date(2026, 0, 1, 9, 4, 5).getTime())).toBe("09:04:05");
});

test("countOf chooses the number's form", () => {
  expect([countOf(0, "step"), countOf(1, "step"), countOf(12_000, "entry", "entries")]).toEqual([
    "0 steps",
    "1 step",
    "12,000 entries",
  ]);
});
