import { expect, test } from "vitest";
import { newStep } from "../create.ts";
import * as edits from "../edits.ts";
import { pasteSteps } from "../paste.ts";
import * as triggers from "../triggers.ts";
import type { Workflow } from "../types.ts";
import { open, start, stepId } from "./document-on-a-shelf.ts";

const step = newStep({
  workflow: start,
  title: "New",
  code: "x",
  apps: [{ app: "github", accountId: null }],
});
const locked = {
  name: "six",
  version: "1",
  sha256: "a".repeat(64),
  filename: "six-1.whl",
  source: "index",
  asked: [],
  requires: [],
} as const;

/** How each edit changes a workflow of the step `stepId` and, below it, one with an app and a data store. */
const changes: Readonly<Record<string, (workflow: Workflow) => Workflow>> = {
  insertStep: (w) => edits.insertStep(w, 0, step),
  removeStep: (w) => edits.removeStep(w, stepId),
  duplicateStep: (w) => edits.duplicateStep(w, stepId),
  moveStepTo: (w) => edits.moveStepTo(w, stepId, 1),
  updateStep: (w) => edits.updateStep(w, stepId, { title: "T", note: "n", enabled: false, code: "y" }),
  renameStep: (w) => edits.renameStep(w, stepId, "renamed"),
  attachApp: (w) => edits.attachApp(w, stepId, "slack", "a"),
  detachApp: (w) => edits.detachApp(w, "below", "github"),
  chooseAccount: (w) => edits.chooseAccount(w, "below", "github", "a"),
  attachDataStore: (w) => edits.attachDataStore(w, stepId, "d"),
  detachDataStore: (w) => edits.detachDataStore(w, "below"),
  setEventText: (w) => edits.setEventText(w, "{}"),
  setTimeLimit: (w) => edits.setTimeLimit(w, 99),
  setName: (w) => edits.setName(w, "Other"),
  setPackages: (w) => edits.setPackages(w, [locked]),
  setTriggerKind: (w) => triggers.setTriggerKind(w, "http"),
  setTriggerRuns: (w) => triggers.setTriggerRuns(w, true),
  setSchedule: (w) => triggers.setSchedule(w, { kind: "interval", seconds: 60 }),
  pasteSteps: (w) => pasteSteps(w, 1, w.steps).workflow,
};

/** How cards look is no edit. */
const views = ["setTriggerCollapsed", "setAllCollapsed"];

test("this table has every edit there is", () => {
  const functions = Object.entries({ ...edits, ...triggers }).filter(
    ([, value]) => typeof value === "function",
  );
  const names = functions.map(([name]) => name).filter((name) => !views.includes(name));
  expect(Object.keys(changes).sort()).toEqual([...names, "pasteSteps"].sort());
});

test.each(Object.entries(changes))("%s is undone by one undo, and done again by one redo", (name, change) => {
  const below = { ...step, id: "below", dataStore: { id: "d" } };
  const plain = edits.insertStep(start, 1, below);
  const before =
    name === "setTriggerRuns" || name === "setSchedule" ? triggers.setTriggerKind(plain, "schedule") : plain;
  const { state } = open({ workflow: before });
  state().apply(change);
  const after = state().workflow;
  expect(after).not.toEqual(before);
  expect(state().canUndo).toBe(true);
  state().undo();
  expect(state().workflow).toEqual(before);
  expect(state().canUndo).toBe(false);
  state().redo();
  expect(state().workflow).toEqual(after);
});
