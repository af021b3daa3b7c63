import { expect, test } from "vitest";
import { createStepsBefore } from "./steps-before.ts";
import { makeStep, makeWorkflow } from "./testing-store.ts";

test("each text is masked once in a run, and what this run masked is not looked at again", async () => {
  const looked: string[] = [];
  const redactor = {
    jsonInSlices: async (json: string) => {
      looked.push(json);
      return json.replace("secret", "⟦s⟧");
    },
  };
  const workflow = makeWorkflow([makeStep("a"), makeStep("b"), makeStep("c"), makeStep("d")]);
  const [, , third, last] = workflow.steps;
  if (!third || !last) throw new Error("The workflow has four steps.");
  const exports: Record<string, string> = { "id-a": '{"x":"secret"}', "id-b": '{"y":"done"}' };
  const steps = createStepsBefore(redactor, '{"event":1}', (id) => exports[id] ?? null);
  steps.masked("id-b", '{"y":"done"}');
  const given = [
    { name: "trigger", json: '{"event":1}' },
    { name: "a", json: '{"x":"⟦s⟧"}' },
    { name: "b", json: '{"y":"done"}' },
  ];
  expect(await steps.of(workflow, third)).toEqual(given);
  expect(await steps.of(workflow, last)).toEqual(given);
  expect(looked).toEqual(['{"event":1}', '{"x":"secret"}']);

  exports["id-a"] = '{"x":"another secret"}';
  expect((await steps.of(workflow, last))[1]?.json).toBe('{"x":"another ⟦s⟧"}');
});
