// @vitest-environment node
import { afterEach, expect, test } from "vitest";
import { showMarks } from "./marks.ts";

afterEach(() => performance.clearMarks());

test("of several workers the first one's start is marked", () => {
  const at = (ms: number) => performance.timeOrigin + ms;
  showMarks({ "worker running": at(10), "Python loaded": at(20) });
  showMarks({ "worker running": at(30), "Python loaded": at(40) });
  expect(performance.getEntriesByType("mark").map(({ name, startTime }) => [name, startTime])).toEqual([
    ["runnel: worker running", expect.closeTo(10)],
    ["runnel: Python loaded", expect.closeTo(20)],
  ]);
});
