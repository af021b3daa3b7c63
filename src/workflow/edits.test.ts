import { describe, expect, test } from "vitest";
import { duplicateWorkflow, newStep, newWorkflow } from "./create.ts";
import * as edits from "./edits.ts";
import { checkStepName } from "./names.ts";
import type { Step, Workflow } from "./types.ts";

/** Makes writing to any part of it throw, so that an edit that mutates its input fails. */
function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

function workflowOf(...steps: readonly (Partial<Step> & { readonly name: string })[]): Workflow {
  const base = newWorkflow({ name: "W", id: "w" });
  const made = steps.map((step) => ({
    ...newStep({ workflow: base, title: step.name, code: "", apps: [] }),
    id: step.name,
    ...step,
  }));
  return deepFreeze({ ...base, steps: made });
}

const names = (workflow: Workflow) => workflow.steps.map((step) => step.name);
const step = (workflow: Workflow, id: string) => workflow.steps.find((each) => each.id === id);

test("a new workflow has a manual trigger with a valid event, no steps, 30 seconds", () => {
  const workflow = newWorkflow();
  expect(workflow).toMatchObject({
    trigger: { kind: "manual" },
    steps: [],
    settings: { timeLimitSeconds: 30 },
  });
  expect(() => JSON.parse(workflow.trigger.eventText)).not.toThrow();
  expect(newWorkflow().id).not.toBe(workflow.id);
  expect(newWorkflow({ name: "  " }).name).toBe(workflow.name);
});

describe("insertStep", () => {
  const fresh = newStep({
    workflow: newWorkflow(),
    title: "T",
    code: "x",
    apps: [{ app: "slack", accountId: null }],
  });
  test.each([
    [0, ["python_slack", "a", "b"]],
    [1, ["a", "python_slack", "b"]],
    [2, ["a", "b", "python_slack"]],
    [99, ["a", "b", "python_slack"]],
    [-1, ["python_slack", "a", "b"]],
    [Number.NaN, ["python_slack", "a", "b"]],
  ])("at %d", (index, expected) => {
    expect(names(edits.insertStep(workflowOf({ name: "a" }, { name: "b" }), index, fresh))).toEqual(expected);
  });

  test("gives a free name and id where they are taken", () => {
    const once = edits.insertStep(workflowOf(), 0, fresh);
    const twice = edits.insertStep(deepFreeze(once), 1, fresh);
    expect(names(twice)).toEqual(["python_slack", "python_slack_2"]);
    expect(new Set(twice.steps.map((each) => each.id)).size).toBe(2);
  });
});

describe("steps", () => {
  const workflow = workflowOf(
    { name: "a" },
    { name: "b_2", code: "code", note: "n", enabled: false },
    { name: "c" },
  );

  test("are removed", () => expect(names(edits.removeStep(workflow, "b_2"))).toEqual(["a", "c"]));

  test("are duplicated below, with a name and an id of their own", () => {
    const copy = edits.duplicateStep(workflow, "b_2").steps[2];
    expect(copy).toMatchObject({ name: "b", code: "code", note: "n", enabled: false, title: "b_2" });
    expect(copy?.id).not.toBe("b_2");
  });

  test("move by one place and stop at the ends", () => {
    expect(names(edits.moveStepTo(workflow, "a", 1))).toEqual(["b_2", "a", "c"]);
    expect(names(edits.moveStepTo(workflow, "c", 0))).toEqual(["c", "a", "b_2"]);
    expect(edits.moveStepTo(workflow, "a", -1)).toBe(workflow);
    expect(edits.moveStepTo(workflow, "c", 3)).toBe(workflow);
  });

  test("take a patch, the others staying the very same", () => {
    const edited = edits.updateStep(workflow, "a", { title: "T", collapsed: true });
    expect(step(edited, "a")).toMatchObject({ title: "T", collapsed: true, name: "a" });
    expect(edited.steps[1]).toBe(workflow.steps[1]);
  });
});

describe("renameStep", () => {
  const workflow = workflowOf(
    { name: "before", code: 'pd.steps["a"]' },
    { name: "a", code: 'pd.steps["a"]' },
    { name: "after", code: 'pd.steps["a"]["x"] + pd.steps["before"]["y"]' },
    { name: "unrelated", code: "pass" },
  );

  test("rewrites references in later steps, in one edit", () => {
    const renamed = edits.renameStep(workflow, "a", "z");
    expect(renamed.steps.map(({ name, code }) => [name, code])).toEqual([
      ["before", 'pd.steps["a"]'],
      ["z", 'pd.steps["a"]'],
      ["after", 'pd.steps["z"]["x"] + pd.steps["before"]["y"]'],
      ["unrelated", "pass"],
    ]);
    expect(renamed.steps[3]).toBe(workflow.steps[3]);
  });

  test.each(["a", "before", "trigger", "1a", "", "a b"])("to %j changes nothing", (name) => {
    expect(edits.renameStep(workflow, "a", name)).toBe(workflow);
  });
});

test("a data store is attached, replaced, detached; the same one again changes nothing", () => {
  const base = workflowOf({ name: "a" });
  const attached = edits.attachDataStore(base, "a", null);
  expect(attached.steps[0]?.dataStore).toEqual({ id: null });
  const chosen = edits.attachDataStore(attached, "a", "s1");
  expect(chosen.steps[0]?.dataStore).toEqual({ id: "s1" });
  expect(edits.attachDataStore(chosen, "a", "s1")).toBe(chosen);
  expect(edits.detachDataStore(chosen, "a").steps[0]?.dataStore).toBeNull();
  expect(edits.detachDataStore(base, "a")).toBe(base);
});

describe("apps", () => {
  const workflow = workflowOf({
    name: "a",
    apps: [
      { app: "slack", accountId: "s1" },
      { app: "github", accountId: null },
    ],
  });
  const apps = (edited: Workflow) => edited.steps[0]?.apps.map(({ app, accountId }) => `${app}:${accountId}`);

  test("are attached once, behind those that are there", () => {
    expect(apps(edits.attachApp(workflow, "a", "notion", null))).toEqual([
      "slack:s1",
      "github:null",
      "notion:null",
    ]);
    expect(edits.attachApp(workflow, "a", "slack", null)).toBe(workflow);
    expect(apps(edits.attachApp(workflow, "a", "slack", "s2"))).toEqual(["slack:s2", "github:null"]);
  });

  test("are detached", () => expect(apps(edits.detachApp(workflow, "a", "slack"))).toEqual(["github:null"]));

  test("have an account of choice, or none", () => {
    expect(apps(edits.chooseAccount(workflow, "a", "github", "g1"))).toEqual(["slack:s1", "github:g1"]);
    expect(apps(edits.chooseAccount(workflow, "a", "slack", null))).toEqual(["slack:null", "github:null"]);
    expect(edits.chooseAccount(workflow, "a", "notion", "n1")).toBe(workflow);
  });
});

describe("trigger and settings", () => {
  const workflow = workflowOf();
  test("the event's text is kept as typed", () => {
    expect(edits.setEventText(workflow, "{ not json").trigger.eventText).toBe("{ not json");
    expect(edits.setTriggerCollapsed(workflow, true).trigger.collapsed).toBe(true);
  });
  test.each([
    [45, 45],
    [0, 1],
    [-3, 1],
    [751, 750],
    [Number.POSITIVE_INFINITY, 750],
    [12.4, 12],
    [Number.NaN, 30],
  ])("a time limit of %d s becomes %d s", (seconds, expected) => {
    expect(edits.setTimeLimit(workflow, seconds).settings.timeLimitSeconds).toBe(expected);
  });
  test.each([
    ["  New \n name ", "New name"],
    ["", "W"],
    ["  ", "W"],
  ])("the name %j becomes %j", (name, expected) => expect(edits.setName(workflow, name).name).toBe(expected));
});

test("edits that change nothing give back the very same workflow", () => {
  const workflow = workflowOf({ name: "a", title: "T", apps: [{ app: "slack", accountId: null }] });
  const same = [
    edits.removeStep(workflow, "?"),
    edits.duplicateStep(workflow, "?"),
    edits.moveStepTo(workflow, "?", 1),
    edits.updateStep(workflow, "?", { title: "X" }),
    edits.updateStep(workflow, "a", { title: "T" }),
    edits.renameStep(workflow, "?", "x"),
    edits.attachApp(workflow, "?", "slack", null),
    edits.detachApp(workflow, "a", "github"),
    edits.chooseAccount(workflow, "a", "slack", null),
    edits.setEventText(workflow, workflow.trigger.eventText),
    edits.setTriggerCollapsed(workflow, false),
    edits.setTimeLimit(workflow, 30),
    edits.setName(workflow, "W"),
  ];
  for (const result of same) expect(result).toBe(workflow);
});

test("any series of edits leaves its inputs alone, and names and ids valid and unique", () => {
  let seed = 3;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return (seed >>> 8) % below;
  };
  const slugs = ["slack", "github", "x-y", "ünï"];
  const wanted = ["one", "two", "python", "python_slack", "trigger", "9", ""];
  let workflow = deepFreeze(newWorkflow());
  for (let round = 0; round < 800; round += 1) {
    const id = workflow.steps[random(workflow.steps.length + 1)]?.id ?? "?";
    const slug = slugs[random(slugs.length)] ?? "slack";
    const account = random(2) === 0 ? null : `account ${random(3)}`;
    const all: (() => Workflow)[] = [
      () =>
        edits.insertStep(
          workflow,
          random(9),
          newStep({
            workflow,
            title: "",
            code: 'pd.steps["one"]',
            apps: random(2) ? [] : [{ app: slug, accountId: account }],
          }),
        ),
      () => edits.removeStep(workflow, id),
      () => (workflow.steps.length < 10 ? edits.duplicateStep(workflow, id) : workflow),
      () => edits.moveStepTo(workflow, id, random(workflow.steps.length)),
      () => edits.updateStep(workflow, id, { note: `${random(3)}`, enabled: random(2) === 0 }),
      () => edits.renameStep(workflow, id, wanted[random(wanted.length)] ?? ""),
      () => edits.attachApp(workflow, id, slug, account),
      () => edits.detachApp(workflow, id, slug),
      () => edits.chooseAccount(workflow, id, slug, account),
      () => edits.setTimeLimit(workflow, random(900)),
    ];
    workflow = deepFreeze((all[random(all.length)] ?? (() => workflow))());
    expect(new Set(names(workflow)).size).toBe(workflow.steps.length);
    expect(new Set(workflow.steps.map((each) => each.id)).size).toBe(workflow.steps.length);
    for (const each of workflow.steps) {
      expect(checkStepName(workflow, each.id, each.name)).toBeNull();
      expect(new Set(each.apps.map(({ app }) => app)).size).toBe(each.apps.length);
    }
  }
  expect(workflow.steps.length).toBeGreaterThan(3);
});

test("a duplicate of a workflow has ids of its own, and everything else", () => {
  const workflow = workflowOf({ name: "a", code: "x" }, { name: "b", code: 'pd.steps["a"]' });
  const copy = duplicateWorkflow(workflow);
  const ids = [
    workflow.id,
    copy.id,
    ...workflow.steps.map(({ id }) => id),
    ...copy.steps.map(({ id }) => id),
  ];
  expect(new Set(ids).size).toBe(6);
  expect(copy.name).toBe("W (copy)");
  expect(copy.steps.map(({ id: _, ...rest }) => rest)).toEqual(
    workflow.steps.map(({ id: _, ...rest }) => rest),
  );
});
