// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { undoActionOf } from "./shortcuts.ts";

afterEach(() => document.body.replaceChildren());

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

function inside(html: string): Element {
  document.body.innerHTML = html;
  return document.body.querySelector("[data-target]") ?? document.body;
}

test("Ctrl or Cmd with Z, and Shift the other way", () => {
  const target = inside("<article data-target></article>");
  expect(undoActionOf({ ...none, target, key: "z", ctrlKey: true })).toBe("undo");
  expect(undoActionOf({ ...none, target, key: "Z", metaKey: true, shiftKey: true })).toBe("redo");
  expect(undoActionOf({ ...none, target, key: "y", ctrlKey: true })).toBe("redo");
  expect(undoActionOf({ ...none, target, key: "z" })).toBeNull();
  expect(undoActionOf({ ...none, target, key: "z", ctrlKey: true, altKey: true })).toBeNull();
});

test.each([
  "<input data-target>",
  "<textarea data-target></textarea>",
  "<div class='monaco-editor'><div data-target></div></div>",
  "<div role='dialog'><button data-target></button></div>",
])("in %s the keys are not the document's", (html) => {
  expect(undoActionOf({ ...none, target: inside(html), key: "z", ctrlKey: true })).toBeNull();
});
