import { describe, expect, test, vi } from "vitest";
import { renameStep, type Workflow } from "../workflow/index.ts";
import type { Revisions } from "./deps.ts";
import { makeStep, makeWorkflow, returns, setUp } from "./testing-store.ts";

const handler = (body: string) => `def handler(pd):\n    ${body}\n`;
const reads = (name: string) => handler(`return pd.steps["${name}"]`);

/** `a`, and `b` that reads it; both were tested. `values`: what `a` returns now. */
async function tested(change: { readonly b?: Parameters<typeof makeStep>[1]; readonly event?: string } = {}) {
  const values = { a: 1 as unknown };
  const revisions = {
    accounts: { acc: "1" } as Record<string, string>,
    variables: { KEY: "1", OTHER: "1" } as Record<string, string> | null,
  };
  let changed = () => {};
  const source: Revisions = {
    account: (id) => revisions.accounts[id] ?? null,
    variables: () => revisions.variables,
    onChange: (listener) => {
      changed = listener;
      return () => {};
    },
  };
  const workflow = makeWorkflow(
    [makeStep("a", { code: handler("return 1") }), makeStep("b", { code: reads("a"), ...change.b })],
    change.event,
  );
  const world = setUp(
    workflow,
    { a: (request, emit) => returns(values.a)(request, emit), b: returns(2) },
    { revisions: source },
  );
  await world.store.getState().testWorkflow();
  const why = (name: string) => world.state(name).staleReasons;
  return {
    ...world,
    workflow,
    values,
    why,
    test: (name: string) => world.store.getState().testStep(`id-${name}`),
    revise: (next: Partial<typeof revisions>) => {
      Object.assign(revisions, next);
      changed();
    },
    editB: (patch: Parameters<typeof makeStep>[1]) =>
      world.edit({
        ...workflow,
        steps: workflow.steps.map((s) => (s.name === "b" ? { ...s, ...patch } : s)),
      }),
  };
}

describe("a result is stale when what went into it has changed", () => {
  test("the code", async () => {
    const { editB, why, edit, workflow, state } = await tested();
    editB({ code: `${reads("a")}# more` });
    expect(why("b")).toEqual([{ kind: "code" }]);
    expect(state("b").stale).toBe(true);
    edit(workflow);
    expect(state("b").stale).toBe(false);
    editB({ code: reads("other") });
    expect(why("b")).toEqual([{ kind: "code" }]);
  });

  test("what a step above exported, unless it comes out equal", async () => {
    const { values, why, test: run } = await tested();
    await run("a");
    expect(why("b")).toEqual([]);
    values.a = 7;
    await run("a");
    expect(why("b")).toEqual([{ kind: "result", step: "a" }]);
    values.a = 1;
    await run("a");
    expect(why("b")).toEqual([]);
  });

  test("so also with exports too long to hash, as long as they are the same", async () => {
    const { values, why, test: run } = await tested();
    values.a = "x".repeat(300_000);
    await run("a");
    await run("b");
    expect(why("b")).toEqual([]);
    await run("a");
    expect(why("b")).toEqual([]);
    values.a = `${"x".repeat(299_999)}y`;
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 1000);
    await run("a");
    vi.restoreAllMocks();
    expect(why("b")).toEqual([{ kind: "result", step: "a" }]);
  });

  test("only steps that it reads count, and whether they run before it", async () => {
    const { edit, workflow, why, store } = await tested();
    const [a, b] = workflow.steps;
    if (a === undefined || b === undefined) throw new Error("no steps");
    const other = makeStep("other");
    edit({ ...workflow, steps: [a, other, b] });
    await store.getState().testStep("id-other");
    expect(why("b")).toEqual([]);
    edit({ ...workflow, steps: [{ ...a, enabled: false }, b] });
    expect(why("b")).toEqual([{ kind: "result-gone", step: "a" }]);
    edit({ ...workflow, steps: [b, a] });
    expect(why("b")).toEqual([{ kind: "result-gone", step: "a" }]);
    edit(workflow);
    store.getState().clearResult("id-a");
    edit({ ...workflow });
    expect(why("b")).toEqual([{ kind: "result-gone", step: "a" }]);
  });

  test("a step that is renamed, with those that read it, changes nothing", async () => {
    const { edit, workflow, why } = await tested();
    const renamed: Workflow = renameStep(workflow, "id-a", "first");
    expect(renamed.steps[1]?.code).toContain('pd.steps["first"]');
    edit(renamed);
    expect([why("a"), why("b")]).toEqual([[], []]);
  });

  test("the event, by its value, where it is read", async () => {
    const { edit, workflow, why } = await tested({ b: { code: reads("trigger") }, event: '{"n":1}' });
    const withEvent = (eventText: string) => ({ ...workflow, trigger: { ...workflow.trigger, eventText } });
    edit(withEvent('{ "n": 1 }'));
    expect(why("b")).toEqual([]);
    edit(withEvent('{"n":2}'));
    expect([why("a"), why("b")]).toEqual([[], [{ kind: "event" }]]);
  });

  test("which account, and its properties since", async () => {
    const { editB, revise, why } = await tested({ b: { apps: [{ app: "slack", accountId: "acc" }] } });
    revise({ accounts: { acc: "2" } });
    expect(why("b")).toEqual([{ kind: "account-fields", app: "slack" }]);
    revise({ accounts: {} });
    expect(why("b")).toEqual([]);
    editB({ apps: [{ app: "slack", accountId: "else" }] });
    expect(why("b")).toEqual([{ kind: "account", app: "slack" }]);
    editB({ apps: [{ app: "github", accountId: null }] });
    expect(why("b")).toEqual([
      { kind: "app-added", app: "github" },
      { kind: "app-removed", app: "slack" },
    ]);
  });

  test.each([
    ['os.environ["KEY"]', [{ kind: "variable", name: "KEY" }]],
    [
      "dict(os.environ)",
      [
        { kind: "variable", name: "KEY" },
        { kind: "variable", name: "OTHER" },
      ],
    ],
    ["1", []],
  ])("variables: %s", async (code, reasons) => {
    const { revise, why } = await tested({ b: { code: handler(`return ${code}`) } });
    revise({ variables: { KEY: "2", OTHER: "2" } });
    expect(why("b")).toEqual(reasons);
    // While they are being read nothing is known of them.
    revise({ variables: null });
    expect(why("b")).toEqual([]);
  });

  test("which data store", async () => {
    const { editB, why } = await tested();
    editB({ dataStore: { id: "d" } });
    expect(why("b")).toEqual([{ kind: "data-store" }]);
  });
});

test("what is stored says all of it again after a reload, and holds no value", async () => {
  const first = await tested({ b: { apps: [{ app: "slack", accountId: "acc" }] } });
  // The first is written once the second has begun.
  await vi.waitFor(() => expect(first.stored.size).toBe(2));
  const records = [...first.stored.values()];
  for (const { fingerprint } of records) expect(fingerprint).not.toMatch(/tok-12345|env-secret|"n"/);
  const second = setUp(
    first.workflow,
    {},
    {
      results: {
        listFor: async () => records,
        get: async () => null,
        put: async () => {},
        delete: async () => {},
      },
    },
  );
  await second.store.getState().load();
  expect([second.state("a").staleReasons, second.state("b").staleReasons]).toEqual([[], []]);
  second.edit({ ...first.workflow, steps: first.workflow.steps.slice(1) });
  expect(second.state("b").staleReasons).toEqual([{ kind: "result-gone", step: "a" }]);
});

test("a result of an earlier version is stale, which is said", async () => {
  const first = await tested();
  await vi.waitFor(() => expect(first.stored.size).toBe(2));
  const records = [...first.stored.values()].map((record) => ({
    ...record,
    fingerprint: '["3-abc","{}",[]]',
  }));
  const second = setUp(
    first.workflow,
    {},
    {
      results: {
        listFor: async () => records,
        get: async () => null,
        put: async () => {},
        delete: async () => {},
      },
    },
  );
  await second.store.getState().load();
  expect(second.state("b").staleReasons).toEqual([{ kind: "older-version" }]);
});

test("Test from here runs it and the enabled steps below, with what those above exported", async () => {
  const workflow = makeWorkflow([
    makeStep("a"),
    makeStep("b", { enabled: false }),
    makeStep("c", { enabled: false }),
    makeStep("d"),
  ]);
  const { store, requests } = setUp(workflow, { a: returns(1) });
  await store.getState().testStep("id-a");
  await store.getState().testFrom("id-b");
  expect(requests.map(({ name }) => name)).toEqual(["a", "b", "d"]);
  expect(requests[1]?.steps.map(({ name }) => name)).toEqual(["trigger", "a"]);
});
