import { expect, test } from "vitest";
import type { StepDataStore } from "../runtime/index.ts";
import { makeStep, makeWorkflow, setUp } from "./testing-store.ts";

const store = (name: string): StepDataStore => ({
  name,
  get: async () => null,
  count: async () => 0,
  keys: async () => [],
  items: async () => ({ items: [], next: null }),
  write: async () => {},
  setExpiry: async () => false,
});

test("each step is given the store attached to it; none chosen and none attached are told apart", async () => {
  const asked: string[] = [];
  const { store: runs, requests } = setUp(
    makeWorkflow([
      makeStep("a", { dataStore: { id: "one" } }),
      makeStep("b", { dataStore: { id: "two" } }),
      makeStep("c", { dataStore: { id: "one" } }),
      makeStep("open", { dataStore: { id: null } }),
      makeStep("none"),
    ]),
    {},
    {
      dataStore: async (id) => {
        asked.push(id);
        return store(id);
      },
    },
  );
  await runs.getState().testWorkflow();
  expect(requests.map(({ dataStore, unconnected }) => [dataStore?.name ?? null, unconnected])).toEqual([
    ["one", []],
    ["two", []],
    ["one", []],
    [null, ["data_store"]],
    [null, []],
  ]);
  expect(asked).toEqual(["one", "two"]);
});

test.each([
  ["was deleted", async () => null, "has been deleted"],
  ["can't be read", () => Promise.reject(new Error("The storage is gone.")), "The storage is gone."],
])("a step whose store %s doesn't run, and says so; others do", async (_, dataStore, message) => {
  const {
    store: runs,
    requests,
    state,
  } = setUp(makeWorkflow([makeStep("a"), makeStep("b", { dataStore: { id: "x" } })]), {}, { dataStore });
  await runs.getState().testWorkflow();
  expect(requests.map(({ name }) => name)).toEqual(["a"]);
  expect(state("b").error).toMatchObject({
    code: "DataStoreMissing",
    message: expect.stringContaining(message),
    hint: expect.stringContaining("Choose another data store"),
  });
});
