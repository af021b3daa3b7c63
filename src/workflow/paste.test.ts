import { describe, expect, test } from "vitest";
import { newStep, newWorkflow } from "./create.ts";
import { insertStep } from "./edits.ts";
import { readSteps, writeSteps } from "./format/steps-text.ts";
import { pasteSteps } from "./paste.ts";
import { readersOf } from "./python/order.ts";
import type { Workflow } from "./types.ts";

function workflowOf(codes: Readonly<Record<string, string>>): Workflow {
  return Object.entries(codes).reduce(
    (workflow, [name, code], index) =>
      insertStep(workflow, index, {
        ...newStep({ workflow, title: name, code, apps: [{ app: "slack", accountId: "a" }] }),
        id: name,
        name,
      }),
    newWorkflow(),
  );
}

const two = workflowOf({ get: "return 1", use: 'x = pd.steps["get"]' });

describe("pasted steps", () => {
  test("get free names and go on reading each other", () => {
    const { workflow, ids } = pasteSteps(two, 1, two.steps);
    expect(workflow.steps.map(({ name }) => name)).toEqual(["get", "get_2", "use_2", "use"]);
    expect(workflow.steps.map(({ code }) => code)).toEqual([
      "return 1",
      "return 1",
      'x = pd.steps["get_2"]',
      'x = pd.steps["get"]',
    ]);
    expect(workflow.steps.slice(1, 3).map(({ id }) => id)).toEqual(ids);
    expect(new Set(workflow.steps.map(({ id }) => id)).size).toBe(4);
  });

  test("go to the nearer end where the place is none", () => {
    expect(pasteSteps(two, 99, two.steps.slice(0, 1)).workflow.steps.at(-1)?.name).toBe("get_2");
  });
});

describe("steps as text", () => {
  test("are read as they were written", () => {
    const read = readSteps(writeSteps(two.steps));
    expect(read.ok && read.value).toEqual(two.steps);
  });

  test("those of an older Runnel are brought up to date", () => {
    const [step] = two.steps;
    const old = { ...step, dataStore: undefined };
    const read = readSteps(JSON.stringify({ format: "runnel.steps", version: 1, data: { steps: [old] } }));
    expect(read.ok && read.value[0]?.dataStore).toBeNull();
  });

  test.each([
    ["", /empty/],
    ["  \n", /empty/],
    ["hello there, friend", /no copied step.*no Python/],
    ["https://example.com/a=b", /no copied step/],
    ['{"a": 1}', /JSON, but no copied step/],
    [writeSteps(two.steps).slice(0, 200), /a part of the text is missing/],
    [JSON.stringify({ format: "runnel.steps", version: 99, data: { steps: [] } }), /newer version/],
    [JSON.stringify({ format: "runnel.steps", version: 3, data: { steps: [{}] } }), /steps\[0\]/],
    [JSON.stringify({ format: "runnel.steps", version: 3, data: null }), /can't be read/],
    [JSON.stringify({ format: "runnel.workflow", version: 3, data: {} }), /whole workflow/],
  ])("%j is refused: %s", (text, message) => {
    const read = readSteps(text);
    expect(read.ok ? "" : read.error.message).toMatch(message);
  });

  test.each([
    "def handler(pd):\n    return 1",
    "async def handler(pd):\n    pass",
    "import requests",
    "from json import dumps",
    "x = 1",
    "print('hello')",
    "# %% a cell\nx",
    "rows: list[int] = []",
    "requests.get(url)",
    "[x for x in range(3)]\nprint(1)",
  ])("%j is Python", (code) => {
    const read = readSteps(code);
    expect(read.ok && read.value[0]?.code).toBe(`${code}\n`);
  });
});

test("which steps would read others too early", () => {
  const [get, use] = two.steps;
  if (get === undefined || use === undefined) throw new Error("no steps");
  expect(readersOf(two, "use")).toEqual([]);
  const turned = { ...two, steps: [use, get] };
  expect(readersOf(turned, "use")).toEqual([{ reader: "use", read: "get" }]);
  expect(readersOf(turned, "get")).toEqual([{ reader: "use", read: "get" }]);
});
