import { describe, expect, test } from "vitest";
import { runAtOnce } from "../../../lib/slices.ts";
import { ExactNumber } from "../tree/parse.ts";
import { sortingRows } from "./sort-rows.ts";
import { type Cell, cellText, readingRows, writingCsv } from "./table-rows.ts";

const sorted = (cells: readonly Cell[], descending = false) =>
  [
    ...runAtOnce(
      sortingRows(
        cells.map((cell) => [cell]),
        { column: 0, descending },
      ),
    ),
  ].map((index) => cellText(cells[index]));

describe("sorting", () => {
  test("numbers by size, texts as people order them, what is missing last either way", () => {
    const cells = ["b", 10, null, "A10", 9, "a9", true, -0.5, "B"];
    expect(sorted(cells)).toEqual(["-0.5", "True", "9", "10", "a9", "A10", "b", "B", "None"]);
    expect(sorted(cells, true)).toEqual(["B", "b", "A10", "a9", "10", "9", "True", "-0.5", "None"]);
  });

  test("integers that JavaScript can't tell apart", () => {
    const exact = (source: string) => new ExactNumber(source);
    const cells = [exact("9007199254740995"), exact("9007199254740993"), 1.5, exact("-9007199254740993")];
    expect(sorted(cells)).toEqual(["-9007199254740993", "1.5", "9007199254740993", "9007199254740995"]);
  });

  test("equal rows keep their order, whatever their number", () => {
    const cells = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 100);
    const order = [
      ...runAtOnce(
        sortingRows(
          cells.map((cell) => [cell]),
          { column: 0, descending: false },
        ),
      ),
    ];
    const expected = cells
      .map((_, index) => index)
      .sort((a, b) => (cells[a] ?? 0) - (cells[b] ?? 0) || a - b);
    expect(order).toEqual(expected);
    expect(runAtOnce(sortingRows([], { column: 0, descending: false }))).toHaveLength(0);
  });
});

test("rows are read; what is none is left out", () => {
  const parts = ['[[1,"a",null],[1234567890123456789,true,{"x":1}]]', "{", '{"no":"rows"}', "[3,[0.5]]"];
  const rows = runAtOnce(readingRows(parts));
  expect(rows).toEqual([
    [1, "a", null],
    [new ExactNumber("1234567890123456789"), true, '{"x":1}'],
    [],
    [0.5],
  ]);
});

test("a file of comma-separated values", async () => {
  const blob = runAtOnce(
    writingCsv(
      ["a", 'b "2"'],
      [
        [1, "x,y"],
        [null, 'say "hi"\n'],
      ],
    ),
  );
  expect(await blob.text()).toBe('a,"b ""2"""\r\n1,"x,y"\r\n,"say ""hi""\n"\r\n');
});
