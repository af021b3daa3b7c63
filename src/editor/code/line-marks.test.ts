// @vitest-environment happy-dom
import * as monaco from "monaco-editor/editor/editor.api.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Mark } from "../language/marks.ts";
import type { LanguageSession, StepView } from "../language/session.ts";
import { currentLine, markError } from "./error-mark.ts";
import { attachLanguage, fixableMarks } from "./language/attach.ts";

const text = "import os\nnope\nx = 1\nreturn nope";

let model: monaco.editor.ITextModel;
beforeEach(() => {
  model = monaco.editor.createModel(text, "python");
});
afterEach(() => model.dispose());

/** The text's step, as a session sees it. */
function attached(): StepView {
  let found: StepView | null = null;
  const session = {
    open(_: string, view: StepView) {
      found = view;
      return { changed() {}, close() {} };
    },
    dispose() {},
  } as unknown as LanguageSession;
  attachLanguage(monaco, model, { stepId: "s", store: createStore(() => ({ session })), reveal() {} });
  if (found === null) throw new Error("The session was not asked.");
  return found;
}

function mark(line: number, message: string, more: Partial<Mark> = {}): Mark {
  return {
    range: place(line, 0, line, 4),
    message,
    severity: "error",
    unused: false,
    source: "Ruff",
    code: null,
    fix: null,
    ...more,
  };
}

function place(line: number, character: number, endLine: number, endCharacter: number): Mark["range"] {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

const marked = () =>
  monaco.editor
    .getModelMarkers({ resource: model.uri })
    .map(({ startLineNumber, message }) => `${startLineNumber}: ${message}`);

function edit(line: number, column: number, endLine: number, endColumn: number, typed: string): void {
  const range = new monaco.Range(line, column, endLine, endColumn);
  model.pushEditOperations(null, [{ range, text: typed }], () => null);
}

const replaceAll = (by: string) =>
  model.pushEditOperations(null, [{ range: model.getFullModelRange(), text: by }], () => null);

test("what was said of code that is gone goes with it, before anybody has looked at the new", () => {
  const view = attached();
  view.show("Ruff", [mark(0, "unused"), mark(1, "undefined"), mark(3, "undefined too")]);
  view.show("Python", [mark(2, "wrong", { source: "Python" })]);
  markError(monaco, model, { line: 2, column: null, message: "NameError" });
  expect(marked()).toHaveLength(5);
  replaceAll("a = 1\nb = 2\nc = 3\nd = 4\n");
  expect(marked()).toEqual([]);
  expect(model.getAllDecorations()).toEqual([]);
});

test("all code replaced by code with the same last line: its mark stays, on all of its text", () => {
  const view = attached();
  view.show("Ruff", [mark(3, "undefined too", { range: place(3, 7, 3, 11) })]);
  replaceAll("x = 1\nreturn nope");
  expect(marked()).toEqual(["2: undefined too"]);
  expect(monaco.editor.getModelMarkers({ resource: model.uri })[0]).toMatchObject({
    startColumn: 8,
    endColumn: 12,
  });
});

test("an edit takes the marks of its own lines only, and moves those below", () => {
  const view = attached();
  view.show("Ruff", [mark(0, "unused"), mark(1, "undefined"), mark(3, "undefined too")]);
  edit(2, 5, 2, 5, "2");
  expect(marked()).toEqual(["1: unused", "4: undefined too"]);
  edit(1, 1, 1, 1, "import json\n\n");
  edit(3, 1, 3, 1, " ");
  expect(marked()).toEqual(["6: undefined too"]);
  edit(6, 12, 6, 12, "\n    ");
  expect(marked()).toEqual(["6: undefined too"]);
});

test("a mark of several lines goes with any of them, not with the line behind its end", () => {
  const view = attached();
  view.show("Ruff", [mark(0, "long", { range: place(0, 0, 2, 0) })]);
  edit(3, 1, 3, 2, "y");
  expect(marked()).toEqual(["1: long"]);
  edit(2, 1, 2, 1, "y");
  expect(marked()).toEqual([]);
});

test("a fix is offered where its line is by now; one that reaches further only as long as nothing has changed", () => {
  const view = attached();
  const fix = (range: Mark["range"]) => ({ title: "Mend", edits: [{ range, newText: "" }] });
  const own = mark(1, "own", { fix: fix(place(1, 0, 2, 0)) });
  view.show("Ruff", [own, mark(3, "far", { fix: fix(place(0, 0, 1, 0)) })]);
  expect(fixableMarks(model).map(({ message }) => message)).toEqual(["own", "far"]);
  edit(1, 1, 1, 1, "import json\n");
  expect(fixableMarks(model)).toEqual([{ ...own, range: place(2, 0, 2, 4), fix: fix(place(2, 0, 3, 0)) }]);
  edit(3, 1, 3, 1, "x");
  expect(fixableMarks(model)).toEqual([]);
});

test("the same error is marked once, until its line changes, and lines that ran are followed beyond that", () => {
  const error = { line: 2, column: 1, message: "NameError", places: [{ ran: 2, today: 2 }] };
  markError(monaco, model, error);
  edit(1, 1, 1, 1, "\n");
  markError(monaco, model, error);
  expect(
    model.getAllDecorations().map(({ options, range }) => [options.className, range.startLineNumber]),
  ).toEqual(expect.arrayContaining([["runnel-error-line", 3]]));
  edit(3, 1, 3, 2, "m");
  markError(monaco, model, error);
  expect(marked()).toEqual([]);
  expect(currentLine(model, 2)).toBe(3);
  markError(monaco, model, { ...error, line: 3, places: [] });
  expect(marked()).toEqual(["3: NameError"]);
  markError(monaco, model, null);
  expect(marked()).toEqual([]);
  expect(model.getAllDecorations()).toEqual([]);
});
