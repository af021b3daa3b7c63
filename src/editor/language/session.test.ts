// @vitest-environment node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initSync } from "@astral-sh/ruff-wasm-web";
import { afterEach, expect, test, vi } from "vitest";
import { newStep, newWorkflow, type Step, type Workflow } from "../../workflow/index.ts";
import type { LanguageHost, ResultFacts } from "./host.ts";
import type { Mark } from "./marks.ts";
import type { ServerPort } from "./server/rpc.ts";
import { startServer } from "./server/testing/start-server.ts";
import { createLanguageSession, type LanguageSession } from "./session.ts";
import { shapeOf } from "./stubs/shape.ts";
import { createRuff } from "./tools/ruff.ts";
import type { Tools } from "./tools/tools.ts";

initSync({
  module: readFileSync(createRequire(import.meta.url).resolve("@astral-sh/ruff-wasm-web/ruff_wasm_bg.wasm")),
});
const ruff = createRuff();
const tools = {
  async ask(kind: string, question: { code: string; json: string }) {
    if (kind === "lint") return ruff.lint(question.code);
    return kind === "shape" ? shapeOf(JSON.parse(question.json)) : {};
  },
} as Tools;

let session: LanguageSession | null = null;
afterEach(() => session?.dispose());

/** A workflow of two steps, `first` with what it exported. */
function world(first: string, second: string) {
  const empty = newWorkflow();
  const step = (name: string, code: string): Step => ({
    ...newStep({ workflow: empty, title: name, code, apps: [] }),
    name,
  });
  let workflow: Workflow = { ...empty, steps: [step("first", first), step("second", second)] };
  const results = new Map<string, ResultFacts>();
  const listeners = new Set<() => void>();
  const ports: ServerPort[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const id = (index: number) => workflow.steps[index]?.id ?? "";
  const host: LanguageHost = {
    workflow: () => workflow,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resultOf: (stepId) => results.get(stepId) ?? { exportsJson: null, status: "not-tested", stale: false },
    async *pastExports() {},
    appFields: async () => [],
    packageFile: async () => null,
    startServer() {
      const port = startServer();
      ports.push(port);
      return port;
    },
    tools,
    isRunning: () => false,
  };
  return {
    host,
    ports,
    id,
    ran(exports: unknown) {
      results.set(id(0), { exportsJson: JSON.stringify(exports), status: "success", stale: false });
      changed();
    },
    edit(index: number, code: string) {
      workflow = {
        ...workflow,
        steps: workflow.steps.map((old, at) => (at === index ? { ...old, code } : old)),
      };
      changed();
    },
    /** Opens the second step; `code` is what its editor shows. */
    open() {
      session = createLanguageSession(host);
      const marks = new Map<Mark["source"], readonly Mark[]>();
      const editor = { code: second };
      const opened = session.open(id(1), {
        text: () => editor.code,
        show: (source, shown) => marks.set(source, shown),
      });
      return {
        opened,
        editor,
        messages: () => [...marks.values()].flat().map(({ message }) => message.split("\n")[0]),
      };
    },
  };
}

const signal = new AbortController().signal;
const soon = { timeout: 30_000, interval: 50 };
const second = `def handler(pd: "pipedream"):
    data = pd.steps["first"]["$return_value"]
    count = data["cuont"]
    return count
`;

test("follows what a step exports, its code and its runs", async () => {
  const here = world('def handler(pd: "pipedream"):\n    return {"count": 1}\n', second);
  const { opened, editor, messages } = here.open();
  here.ran({ $return_value: { count: 1 } });
  await vi.waitFor(
    () =>
      expect(messages()).toEqual([
        'pd.steps["first"]["$return_value"] had no key "cuont" when it last ran. Did you mean "count"?',
      ]),
    soon,
  );
  // Its code is another than the one that ran: who knows what it exports.
  here.edit(0, 'def handler(pd: "pipedream"):\n    return {"cuont": 1}\n');
  await vi.waitFor(() => expect(messages()).toEqual([]), soon);
  here.ran({ $return_value: { cuont: "x" } });
  editor.code = second
    .replace('["cuont"]', '["cuont"].upper()')
    .replace("    return count\n", "    return nope\n");
  opened.changed();
  await vi.waitFor(() => expect(messages()).toContain("Undefined name `nope`"), soon);
  await vi.waitFor(async () => {
    const items = await opened.complete({ line: 2, character: 26 }, signal);
    expect(items.map(({ label }) => label)).toContain("upper");
  }, soon);
});

test("goes to where a value is exported, finds and renames what is the step's own", async () => {
  const here = world('def handler(pd: "pipedream"):\n    return {"count": 1}\n', second);
  const { opened } = here.open();
  const inData = { line: 2, character: 13 };
  await vi.waitFor(async () => expect(await opened.references(inData, signal)).toHaveLength(2), soon);
  expect(await opened.definition({ line: 1, character: 32 }, signal)).toEqual([
    {
      stepId: here.id(0),
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 10 } },
      from: { start: { line: 1, character: 29 }, end: { line: 1, character: 44 } },
    },
  ]);
  expect(await opened.definition(inData, signal)).toMatchObject([
    { stepId: here.id(1), range: { start: { line: 1, character: 4 } } },
  ]);
  expect(await opened.rename(inData, "facts")).toHaveLength(2);
  expect(await opened.rename({ line: 1, character: 15 }, "other")).toBeNull();
  expect((await opened.hover({ line: 1, character: 12 }, signal))?.contents).toMatchObject({
    value: expect.stringContaining("pd: pipedream"),
  });
});

test("a server that fails is started once more, and then left alone", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const here = world("", second);
  const { opened } = here.open();
  const works = () =>
    vi.waitFor(
      async () => expect(await opened.references({ line: 2, character: 13 }, signal)).toHaveLength(2),
      soon,
    );
  await works();
  here.ports[0]?.onerror?.(new Error("out of memory"));
  expect(await opened.references({ line: 2, character: 13 }, signal)).toEqual([]);
  await works();
  here.ports[1]?.onerror?.(new Error("out of memory"));
  here.edit(0, "x = 1\n");
  expect(await opened.complete({ line: 2, character: 13 }, signal)).toEqual([]);
  expect(here.ports).toHaveLength(2);
  expect(warn).toHaveBeenCalledTimes(2);
  warn.mockRestore();
});
