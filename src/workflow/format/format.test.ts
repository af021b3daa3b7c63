import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Result } from "../../lib/result.ts";
import { newWorkflow } from "../create.ts";
import type { Workflow } from "../types.ts";
import { exportWorkflow, exportWorkflows, importWorkflows } from "./exchange.ts";
import { workflowCodec } from "./workflow-codec.ts";

const folder = new URL("./fixtures/", import.meta.url);
const fixture = (version: number): unknown =>
  JSON.parse(readFileSync(new URL(`workflow-v${version}.json`, folder), "utf8"));

function opened(raw: unknown): Workflow {
  const read = workflowCodec.read(raw);
  if (read.kind !== "ok") throw new Error(JSON.stringify(read));
  return read.value;
}

describe("stored versions", () => {
  const versions = Array.from({ length: workflowCodec.version }, (_, index) => index + 1);

  test("each has its fixture", () => {
    expect(readdirSync(folder).sort()).toEqual(versions.map((version) => `workflow-v${version}.json`).sort());
  });

  test.each(versions)("version %d opens", (version) => {
    const workflow = opened(fixture(version));
    expect(workflow.name).toBe("Release notes to Slack");
    expect(workflow.trigger).toEqual({ kind: "manual", eventText: '{\n  "tag": "v1.2"\n}', collapsed: true });
    expect(workflow.steps.map((step) => step.name)).toEqual(["latest_release", "python_slack"]);
    expect(workflow.steps[1]?.apps).toEqual([
      { app: "slack", accountId: "a1" },
      { app: "github", accountId: null },
    ]);
    expect(workflow.settings.timeLimitSeconds).toBe(120);
  });

  test("packages are kept from version 2 on", () => {
    const names = (version: number) => opened(fixture(version)).packages.map(({ name }) => name);
    expect([names(1), names(2)]).toEqual([[], ["requests", "idna"]]);
  });

  test("data stores are kept from version 3 on", () => {
    const stores = (version: number) => opened(fixture(version)).steps.map(({ dataStore }) => dataStore);
    expect([stores(2), stores(3)]).toEqual([
      [null, null],
      [{ id: "d1" }, null],
    ]);
  });

  test("a new workflow is written and read without loss", () => {
    const workflow = newWorkflow({ name: "N" });
    expect(opened(JSON.parse(JSON.stringify(workflowCodec.write(workflow))))).toEqual(workflow);
  });
});

describe("what is no workflow is refused", () => {
  const valid = opened(fixture(1));
  const [first, second] = valid.steps;
  const latest = opened(fixture(workflowCodec.version));
  const withPackage = (change: object) => ({ ...latest, packages: [{ ...latest.packages[0], ...change }] });
  test.each([
    ["two steps of one name", { ...valid, steps: [first, { ...second, name: first?.name }] }, "same name"],
    ["two steps of one id", { ...valid, steps: [first, { ...second, id: first?.id }] }, "same id"],
    ["a name that is none", { ...valid, steps: [{ ...first, name: "a b" }] }, "steps[0].name"],
    ["the trigger's name", { ...valid, steps: [{ ...first, name: "trigger" }] }, "steps[0].name"],
    ["a step without code", { ...valid, steps: [{ ...first, code: undefined }] }, "steps[0].code"],
    ["an endless time limit", { ...valid, settings: { timeLimitSeconds: 1e9 } }, "timeLimitSeconds"],
    ["packages that are none", { ...valid, packages: [{ name: "requests" }] }, "packages[0].version"],
    ["a package twice", { ...latest, packages: [...latest.packages, ...latest.packages] }, "there twice"],
    ["a hash that is none", withPackage({ sha256: "4711" }), "not a sha256"],
    ["a file elsewhere", withPackage({ filename: "../../api/token.whl" }), "file"],
    ["a source of another kind", withPackage({ source: "file:///etc/passwd" }), "source"],
    ["another trigger", { ...valid, trigger: { kind: "lunar" } }, "trigger.kind"],
  ])("%s", (_, data, message) => {
    const read = workflowCodec.read({ format: "runnel.workflow", version: workflowCodec.version, data });
    expect(read.kind === "corrupt" ? read.message : read).toContain(message);
  });
});

/** The one workflow of a file. */
function importOne(text: string): Result<Workflow, { readonly message: string }> {
  const read = importWorkflows(text);
  if (!read.ok) return read;
  const [workflow] = read.value.workflows;
  if (workflow === undefined || read.value.workflows.length > 1) throw new Error("not one workflow");
  return { ok: true, value: workflow };
}

describe("files", () => {
  const workflow = opened(fixture(workflowCodec.version));

  test("hold everything but the accounts and data stores that are chosen", () => {
    const text = exportWorkflow(workflow);
    expect(text).not.toContain('"a1"');
    const imported = importOne(text);
    if (!imported.ok) throw new Error(imported.error.message);
    const withoutIds = ({ id: _, steps, ...rest }: Workflow) => ({
      ...rest,
      steps: steps.map(({ id: _id, ...step }) => ({
        ...step,
        apps: step.apps.map(({ app }) => app),
        dataStore: step.dataStore !== null,
      })),
    });
    expect(text).not.toContain('"d1"');
    expect(withoutIds(imported.value)).toEqual(withoutIds(workflow));
    expect(imported.value.steps.flatMap((step) => step.apps.map((app) => app.accountId))).toEqual([
      null,
      null,
    ]);
  });

  test("never bring their ids along", () => {
    const imported = importOne(JSON.stringify(fixture(1)));
    if (!imported.ok) throw new Error(imported.error.message);
    const before = [workflow.id, ...workflow.steps.map((step) => step.id)];
    for (const { id } of [imported.value, ...imported.value.steps]) expect(before).not.toContain(id);
  });

  test.each([
    ["", "not valid JSON"],
    ['{"a":\n1,}', "(line 2)"],
    ["[1]", "not a workflow"],
    ['{"format":"runnel.workflow","version":99,"data":{}}', "newer version of Runnel (format 99"],
    ['{"format":"runnel.workflow","version":1,"data":{"id":"x"}}', "name:"],
  ])("%j is refused with a reason", (text, message) => {
    const imported = importOne(text);
    expect(imported.ok ? "" : imported.error.message).toContain(message);
  });

  test("with several workflows bring all that can be read, whatever is wrong with the others", () => {
    const text = exportWorkflows([workflow, { ...workflow, name: "Second" }]);
    expect(text).not.toContain('"a1"');
    const both = importWorkflows(text);
    expect(both.ok && both.value.workflows.map(({ name }) => name)).toEqual([workflow.name, "Second"]);
    const file = JSON.parse(text);
    file.data.workflows[0].version = 99;
    file.data.workflows.push({ format: "runnel.workflow", version: 1, data: {} }, "nonsense");
    const some = importWorkflows(JSON.stringify(file));
    expect(some.ok && some.value.workflows.map(({ name }) => name)).toEqual(["Second"]);
    expect(some.ok && some.value.problems).toEqual([
      expect.stringMatching(new RegExp(`^${workflow.name}: .*newer version`)),
      expect.stringMatching(/^Workflow 3: .*not a workflow/),
      expect.stringMatching(/^Workflow 4: .*not a workflow/),
    ]);
  });

  test.each([
    ['{"format":"runnel.workflows","version":1,"data":{}}', "damaged"],
    ['{"format":"runnel.workflows","version":2,"data":{}}', "newer version of Runnel (format 2"],
  ])("%j is refused with a reason", (text, message) => {
    const imported = importWorkflows(text);
    expect(imported.ok ? "" : imported.error.message).toContain(message);
  });
});
