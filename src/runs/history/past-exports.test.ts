import { expect, test } from "vitest";
import type { StepResultRecord } from "../types.ts";
import { packStep } from "./pack.ts";
import { MAX_READ, pastExports } from "./past-exports.ts";
import type { PackedRun, PastRunRepository, PastRunSummary } from "./types.ts";

interface Ran {
  readonly id: string;
  readonly name: string;
  /** Null: it had no exports. Undefined: it didn't run. */
  readonly exports?: unknown;
}

/** Runs from the oldest, each with the steps that it had; and which of them were read. */
function history(runs: readonly (readonly Ran[])[], sizes: readonly number[] = []) {
  const summaries: PastRunSummary[] = [];
  const contents = new Map<string, PackedRun>();
  const read: number[] = [];
  for (const [number, steps] of runs.entries()) {
    const id = `w run${number}`;
    const outcomes = steps.map(({ name, exports }) => ({
      name,
      outcome: exports === undefined ? ("not-run" as const) : ("success" as const),
    }));
    summaries.push({
      id,
      workflowId: "w",
      kind: "workflow",
      startedAt: number,
      durationMs: 1,
      status: "success",
      steps: outcomes,
      error: null,
      size: sizes[number] ?? 100,
    });
    contents.set(id, {
      id,
      trigger: { kind: "manual", eventText: null, length: 0 },
      steps: steps.map(packed),
    });
  }
  const repository = {
    list: async () => summaries,
    async content(id: string) {
      read.push(summaries.findIndex((summary) => summary.id === id));
      return contents.get(id) ?? null;
    },
  } as Partial<PastRunRepository> as PastRunRepository;
  return { repository, read };
}

function packed({ id, name, exports }: Ran) {
  const exportsJson = exports === null ? null : JSON.stringify(exports);
  const result = { logs: [], network: [], displays: [], inputsJson: null, exportsJson };
  const step = { id, name, title: "", note: "", code: "", apps: [], dataStore: null, enabled: true };
  return packStep(
    step,
    exports === undefined ? null : (result as Partial<StepResultRecord> as StepResultRecord),
    1e6,
  );
}

async function found(repository: PastRunRepository, steps: readonly Ran[], count: number) {
  const all: string[] = [];
  for await (const { stepId, exportsJson } of pastExports(repository, "w", steps, count))
    all.push(`${stepId} ${exportsJson}`);
  return all;
}

const a = { id: "id-a", name: "a" };
const b = { id: "id-b", name: "b" };

test("the last runs of each step, newest first; runs in which none of them ran are not read", async () => {
  const { repository, read } = history([
    [{ ...a, exports: 0 }],
    [
      { ...a, exports: 1 },
      { ...b, exports: 10 },
    ],
    [{ ...a }, { ...b, exports: 11 }],
    [{ ...a, exports: 3 }],
    [{ ...b, exports: 12 }],
    [{ id: "id-c", name: "c", exports: 5 }],
  ]);
  expect(await found(repository, [a, b], 2)).toEqual(["id-b 12", "id-a 3", "id-b 11", "id-a 1"]);
  expect(read).toEqual([4, 3, 2, 1]);
});

test("what had the name and is another step counts for nothing, nor does a run without exports", async () => {
  const { repository } = history([
    [{ ...a, exports: "own" }],
    [{ id: 'other "a"', name: "a", exports: "other" }],
    [{ ...a, exports: null }],
  ]);
  expect(await found(repository, [a], 1)).toEqual(['id-a "own"']);
});

test("no more is read than is asked for, and no more than the bound", async () => {
  const runs = [0, 1, 2, 3].map((exports) => [{ ...a, exports }]);
  const large = history(runs, [100, MAX_READ - 100, MAX_READ / 2, 100]);
  expect(await found(large.repository, [a], 5)).toEqual(["id-a 3", "id-a 2", "id-a 0"]);
  expect(large.read).toEqual([3, 2, 0]);
  const lazy = history(runs);
  const source = pastExports(lazy.repository, "w", [a], 5);
  await source.next();
  expect(lazy.read).toEqual([3]);
  await source.return();
  expect(lazy.read).toEqual([3]);
});
