import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renameStep, setPackages } from "../edits.ts";
import type { Workflow } from "../types.ts";
import { collapse, name, open, start, stepId } from "./document-on-a-shelf.ts";
import type { DocumentState } from "./document-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("undo", () => {
  test("goes back and forth through every edit", () => {
    const { state } = open();
    const seen = [start];
    for (const edit of [name("1"), (w: Workflow) => renameStep(w, stepId, "x"), collapse(false), name("2")]) {
      state().apply(edit);
      if (state().workflow !== seen.at(-1)) seen.push(state().workflow);
    }
    expect(seen).toHaveLength(4);
    expect([state().canUndo, state().canRedo]).toEqual([true, false]);
    for (const workflow of seen.toReversed().slice(1)) {
      state().undo();
      expect(state().workflow).toBe(workflow);
    }
    expect([state().canUndo, state().canRedo]).toEqual([false, true]);
    state().undo();
    expect(state().workflow).toBe(start);
    for (const workflow of seen.slice(1)) {
      state().redo();
      expect(state().workflow).toBe(workflow);
    }
    expect([state().canUndo, state().canRedo]).toEqual([true, false]);
  });

  test("an edit after undo ends redo", () => {
    const { state } = open();
    state().apply(name("1"));
    state().undo();
    state().apply(name("2"));
    expect(state().canRedo).toBe(false);
    state().redo();
    expect(state().workflow.name).toBe("2");
  });

  test("is 100 edits deep", () => {
    const { state } = open();
    for (let count = 1; count <= 130; count += 1) state().apply(name(`${count}`));
    for (let count = 0; count < 200; count += 1) state().undo();
    expect(state().workflow.name).toBe("30");
  });

  test("an edit that changes nothing is no entry", () => {
    const { state } = open();
    state().apply(name("W"));
    expect(state()).toMatchObject({ canUndo: false, saveState: { kind: "saved" } });
  });
});

describe("edits under one merge key", () => {
  test("are undone as one as long as they follow each other", () => {
    const { state, type } = open();
    type("a");
    vi.advanceTimersByTime(700);
    type("ab");
    vi.advanceTimersByTime(700);
    type("abc");
    state().undo();
    expect(state().workflow).toBe(start);
    state().redo();
    expect(state().workflow.steps[0]?.code).toBe("abc");
  });

  test.each<[string, (state: () => DocumentState) => unknown]>([
    ["after a pause", () => vi.advanceTimersByTime(801)],
    ["after another edit", (state) => state().apply(name("X"))],
    ["after undo and redo", (state) => [state().undo(), state().redo()]],
  ])("begin anew %s", (_, between) => {
    const { state, type } = open();
    type("a");
    between(state);
    type("ab");
    state().undo();
    expect(state().workflow.steps[0]?.code).toBe("a");
  });

  test("begin anew with another key", () => {
    const { state, type } = open();
    type("a", "one");
    type("b", "two");
    state().undo();
    expect(state().workflow.steps[0]?.code).toBe("a");
  });
});

describe("collapsing", () => {
  test("is stored but no undo entry", async () => {
    const { state, stored } = open();
    state().apply(collapse(true));
    expect(state().canUndo).toBe(false);
    await state().flush();
    expect(stored.workflow.steps[0]?.collapsed).toBe(true);
  });

  test("stays as it is when other edits are undone and redone", () => {
    const { state } = open();
    state().apply(name("1"));
    state().apply(collapse(true));
    state().undo();
    expect(state().workflow).toMatchObject({ name: "W", steps: [{ collapsed: true }] });
    state().apply(collapse(false));
    expect(state().canRedo).toBe(true);
    state().redo();
    expect(state().workflow).toMatchObject({ name: "1", steps: [{ collapsed: false }] });
  });

  test("doesn't break a series of typing apart", () => {
    const { state, type } = open();
    type("a");
    state().apply(collapse(true));
    type("ab");
    state().undo();
    expect(state().workflow.steps[0]?.code).toBe("");
  });
});

describe("packages", () => {
  const requests = (version: string) => [
    {
      name: "requests",
      version,
      sha256: "0".repeat(64),
      filename: `requests-${version}-py3-none-any.whl`,
      source: "index" as const,
      asked: ["requests"],
      requires: [],
    },
  ];
  const put = (version: string) => (workflow: Workflow) => setPackages(workflow, requests(version));
  const versionIn = (state: DocumentState) => state.workflow.packages[0]?.version;

  test("that a run has installed are stored, and are no step of undo", async () => {
    const { state, stored } = open();
    state().apply(name("1"));
    state().apply(put("1.0"), { ofRun: true });
    state().apply(name("2"));
    state().undo();
    expect([state().workflow.name, versionIn(state())]).toEqual(["1", "1.0"]);
    state().undo();
    expect([state().workflow.name, versionIn(state()), state().canUndo]).toEqual(["W", "1.0", false]);
    state().redo();
    expect([state().workflow.name, versionIn(state())]).toEqual(["1", "1.0"]);
    await state().flush();
    expect(stored.workflow.packages).toEqual(requests("1.0"));
  });

  test("that a person has updated go back and forth", () => {
    const { state } = open();
    state().apply(name("1"));
    state().apply(put("1.0"), { ofRun: true });
    state().apply(put("2.0"));
    state().apply(name("2"));
    state().undo();
    expect([state().workflow.name, versionIn(state())]).toEqual(["1", "2.0"]);
    state().undo();
    expect([state().workflow.name, versionIn(state())]).toEqual(["1", "1.0"]);
    state().redo();
    expect(versionIn(state())).toBe("2.0");
  });

  test("the same again change nothing", () => {
    const { state } = open();
    state().apply(put("1.0"));
    const before = state().workflow;
    state().apply(put("1.0"), { ofRun: true });
    expect(state().workflow).toBe(before);
  });

  test("of a document that is read-only stay as they are", () => {
    const { state } = open({ readOnly: true });
    state().apply(put("1.0"), { ofRun: true });
    expect(state().workflow.packages).toEqual([]);
  });
});
