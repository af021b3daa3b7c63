import { expect, test } from "vitest";
import { smallestEdit } from "./text-edit.ts";

function applied(before: string, after: string): string {
  const edit = smallestEdit(before, after);
  if (edit === null) return before;
  return before.slice(0, edit.offset) + edit.text + before.slice(edit.offset + edit.length);
}

test.each([
  ["", "a"],
  ["a", ""],
  ["aaa", "aa"],
  ["aa", "aaa"],
  ["pd.steps['old']['x']", "pd.steps['new_name']['x']"],
  ["one\ntwo\n", "one\n2\ntwo\n"],
])("turns %j into %j", (before, after) => {
  expect(applied(before, after)).toBe(after);
});

test("touches only what differs", () => {
  expect(smallestEdit("x = old + 1", "x = new + 1")).toEqual({ offset: 4, length: 3, text: "new" });
  expect(smallestEdit("same", "same")).toBeNull();
});
