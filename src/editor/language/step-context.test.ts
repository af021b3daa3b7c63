import { expect, test, vi } from "vitest";
import { newStep, newWorkflow, type Step, type Workflow } from "../../workflow/index.ts";
import type { LanguageHost, ResultFacts } from "./host.ts";
import { createStepContexts } from "./step-context.ts";
import { shapeOf } from "./stubs/shape.ts";
import type { Tools } from "./tools/tools.ts";

const CODE = 'pd.steps["first"]';

/** A workflow of two steps, the second with Slack attached. */
function world() {
  const empty = newWorkflow();
  const step = (name: string, apps: Step["apps"]): Step => ({
    ...newStep({ workflow: empty, title: name, code: "x = 1", apps }),
    name,
  });
  const [first, second] = [step("first", []), step("second", [{ app: "slack", accountId: null }])];
  let workflow: Workflow = { ...empty, steps: [first, second] };
  let result: ResultFacts = { exportsJson: '{"a":1}', status: "success", stale: false };
  const host = {
    workflow: () => workflow,
    resultOf: () => result,
    async *pastExports() {},
    appFields: async () => ["token"],
    tools: { ask: async (_: string, { json }: { json: string }) => shapeOf(JSON.parse(json)) } as Tools,
  } as Partial<LanguageHost> as LanguageHost;
  const known = vi.fn();
  const contexts = createStepContexts(host, known);
  return {
    known,
    of: (code = CODE) => contexts.of(second, code),
    change(edit: (workflow: Workflow) => Workflow) {
      workflow = edit(workflow);
    },
    ran(exportsJson: string) {
      result = { ...result, exportsJson };
      contexts.update();
    },
  };
}

const keys = (context: ReturnType<ReturnType<typeof world>["of"]>) => {
  const shape = context.above[0]?.exports;
  return shape?.kind === "dict" ? [...shape.fields.keys()] : null;
};

test("what a step can read is the same object until something of it changes: it is asked for with every key", async () => {
  const here = world();
  here.of();
  await vi.waitFor(() => expect(keys(here.of())).toEqual(["a"]));
  await vi.waitFor(() => expect(here.of().apps).toEqual([{ app: "slack", fields: ["token"] }]));
  const settled = here.of();
  expect(here.of(`${CODE}["a`)).toBe(settled);
  here.change((workflow) => ({ ...workflow, name: "Other" }));
  expect(here.of()).toBe(settled);

  here.change(({ steps: [first, ...rest], ...workflow }) => ({
    ...workflow,
    steps: [...(first === undefined ? [] : [{ ...first, code: "x = 2" }]), ...rest],
  }));
  const edited = here.of();
  expect(edited.above[0]).toMatchObject({ complete: false });
  expect(edited.above[0]?.exports).toBe(settled.above[0]?.exports);
  here.ran('{"b":1}');
  await vi.waitFor(() => expect(keys(here.of())).toEqual(["a", "b"]));
  const ran = here.of();
  here.change((workflow) => ({ ...workflow, trigger: { ...workflow.trigger, eventText: '{"n":1}' } }));
  expect(here.of().event).not.toBe(ran.event);
});

test("of a step that the code doesn't name, only the name is known", () => {
  const here = world();
  expect(here.of("x = 1").above).toEqual([{ name: "first", exports: null, complete: false, written: [] }]);
  expect(here.of("x = 2")).toBe(here.of("x = 1"));
});
