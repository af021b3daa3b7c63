import { expect, test, vi } from "vitest";
import { newStep, newWorkflow } from "../../workflow/index.ts";
import type { LanguageHost, ResultFacts } from "./host.ts";
import { observeExports } from "./observed-exports.ts";
import { shapeOf } from "./stubs/shape.ts";
import type { Tools } from "./tools/tools.ts";

const step = newStep({ workflow: newWorkflow(), title: "A", code: "x = 1", apps: [] });
const tools = { ask: async (_: string, { json }: { json: string }) => shapeOf(JSON.parse(json)) } as Tools;

/** A step with a last result and earlier runs, from the newest; these are given when `release` says so. */
function world(last: unknown, past: readonly unknown[]) {
  let result: ResultFacts = { exportsJson: JSON.stringify(last), status: "success", stale: false };
  let release = () => {};
  const quiet = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked: string[][] = [];
  let shapes = 0;
  const host: Pick<LanguageHost, "resultOf" | "pastExports" | "tools"> = {
    resultOf: () => result,
    tools,
    async *pastExports(steps, count, signal) {
      asked.push(steps.map(({ id }) => id));
      await quiet;
      for (const exports of past.slice(0, count)) {
        signal.throwIfAborted();
        yield { stepId: step.id, exportsJson: JSON.stringify(exports) };
      }
    },
  };
  const exports = observeExports(host, () => {
    shapes += 1;
  });
  return {
    exports,
    asked,
    release,
    shapes: () => shapes,
    run(value: unknown) {
      result = { ...result, exportsJson: JSON.stringify(value) };
      exports.update([step]);
    },
    keys() {
      const shape = exports.factsOf(step).exports;
      return shape?.kind === "dict" ? [...shape.fields.keys()].toSorted() : [];
    },
  };
}

test("the shape is the last result's until the earlier runs are read, then that of all", async () => {
  const here = world({ a: 1 }, [{ a: 1 }, { b: 1 }, { c: null }]);
  expect(here.keys()).toEqual([]);
  await vi.waitFor(() => expect(here.keys()).toEqual(["a"]));
  here.release();
  await vi.waitFor(() => expect(here.keys()).toEqual(["a", "b", "c"]));
  expect(here.exports.factsOf(step).complete).toBe(true);
  expect(here.asked).toEqual([[step.id]]);
});

test("whoever waits for it is told once the earlier runs are read", async () => {
  const here = world({ a: 1 }, [{ b: 1 }, { c: 1 }]);
  here.exports.factsOf(step);
  await vi.waitFor(() => expect(here.shapes()).toBe(1));
  here.release();
  await vi.waitFor(() => expect(here.shapes()).toBe(2));
  expect(here.keys()).toEqual(["a", "b", "c"]);
});

test("of more than five runs the newest count, those of this page before what is kept", async () => {
  const here = world({ a: 1 }, [{ b: 1 }, { c: 1 }, { d: 1 }, { e: 1 }, { f: 1 }]);
  here.exports.factsOf(step);
  here.release();
  await vi.waitFor(() => expect(here.keys()).toEqual(["a", "b", "c", "d", "e"]));
  here.run({ g: 1 });
  await vi.waitFor(() => expect(here.keys()).toEqual(["a", "b", "c", "d", "g"]));
});

test("a masked value or key stays as it is stored, and only keys are kept", async () => {
  const here = world({ a: 1 }, [{ "⟦slack.token⟧": "⟦slack.token⟧ and xyz" }]);
  here.exports.factsOf(step);
  here.release();
  await vi.waitFor(() => expect(here.keys()).toEqual(["a", "⟦slack.token⟧"]));
  const { exports } = here.exports.factsOf(step);
  expect(
    JSON.stringify(exports, (_, part: unknown) => (part instanceof Map ? [...part] : part)),
  ).not.toContain("xyz");
});

test("nothing goes on when the session is over, and what can't be read is told", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const over = world({ a: 1 }, [{ b: 1 }]);
  over.exports.factsOf(step);
  over.exports.dispose();
  over.release();
  const broken = world({ a: 1 }, [undefined]);
  broken.exports.factsOf(step);
  broken.release();
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1));
  expect(over.keys()).toEqual(["a"]);
  expect(broken.keys()).toEqual(["a"]);
  warn.mockRestore();
});
