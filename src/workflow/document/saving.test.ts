import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { collapse, open, QUOTA, start } from "./document-on-a-shelf.ts";
import type { DocumentStore } from "./document-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("autosave", () => {
  const kinds = (store: DocumentStore) => {
    const seen: string[] = [];
    store.subscribe(({ saveState }) => {
      if (saveState.kind !== seen.at(-1)) seen.push(saveState.kind);
    });
    return seen;
  };

  test("stores within 300 ms, however fast the typing goes on", async () => {
    const { state, stored, type } = open();
    let typed = "";
    for (let at = 0; at < 1000; at += 50) {
      typed += "x";
      type(typed);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(stored.writes).toBeGreaterThanOrEqual(3);
    expect(stored.writes).toBeLessThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(300);
    expect(stored.workflow).toBe(state().workflow);
    expect(state().saveState).toEqual({ kind: "saved" });
  });

  test("says saved only when what is stored is the document", async () => {
    const { store, state, stored, type } = open();
    const seen = kinds(store);
    store.subscribe(({ saveState, workflow }) => {
      if (saveState.kind === "saved") expect(stored.workflow).toBe(workflow);
    });
    type("a");
    expect(state().saveState.kind).toBe("unsaved");
    await vi.advanceTimersByTimeAsync(250);
    type("ab");
    const saving = state().flush();
    type("abc");
    await saving;
    expect(stored.workflow).toBe(state().workflow);
    expect(seen).toEqual(["unsaved", "saving", "saved", "unsaved", "saving", "unsaved", "saving", "saved"]);
  });

  test("an edit that is undone in time is never written", async () => {
    const { state, stored, type } = open();
    type("a");
    state().undo();
    expect(state().saveState).toEqual({ kind: "saved" });
    await vi.advanceTimersByTimeAsync(1000);
    expect(stored.writes).toBe(0);
  });

  test("undo is stored like any edit", async () => {
    const { state, stored, type } = open();
    type("a");
    await state().flush();
    state().undo();
    await state().flush();
    expect(stored.workflow).toBe(start);
    expect(state().revision()).toBe(3);
  });
});

describe("a failed write", () => {
  test("is told, tried again with growing pauses, and over when it succeeds", async () => {
    const { state, stored, type } = open();
    stored.failWith = QUOTA;
    type("a");
    await vi.advanceTimersByTimeAsync(250);
    expect(state().saveState).toEqual({ kind: "failed", reason: "quota", message: "full" });
    const writes: number[] = [];
    for (let second = 0; second < 8; second += 1) {
      await vi.advanceTimersByTimeAsync(1000);
      writes.push(stored.writes);
    }
    expect(writes).toEqual([2, 2, 3, 3, 3, 3, 4, 4]);
    type("ab");
    stored.failWith = null;
    await vi.advanceTimersByTimeAsync(8000);
    expect(stored.workflow).toBe(state().workflow);
    expect(state().saveState).toEqual({ kind: "saved" });
  });

  test("stays visible while it is tried again", async () => {
    const { store, state, stored, type } = open();
    stored.failWith = QUOTA;
    type("a");
    await state().flush();
    const seen = new Set<string>();
    store.subscribe(({ saveState }) => seen.add(saveState.kind));
    await vi.advanceTimersByTimeAsync(5000);
    expect(stored.writes).toBeGreaterThan(2);
    expect(seen).not.toContain("saving");
    expect(state().saveState.kind).toBe("failed");
  });

  test("is over when the edit is undone", async () => {
    const { state, stored, type } = open();
    stored.failWith = QUOTA;
    type("a");
    await state().flush();
    state().undo();
    expect(state().saveState).toEqual({ kind: "saved" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stored.writes).toBe(1);
  });

  test("of an edit that was undone while it was written is none", async () => {
    const { state, stored, type } = open();
    stored.failWith = QUOTA;
    type("a");
    const saving = state().flush();
    state().undo();
    await saving;
    expect(state().saveState).toEqual({ kind: "saved" });
  });

  test("includes a save that throws", async () => {
    const { state, type } = open({ save: () => Promise.reject(new Error("gone")) });
    type("a");
    await state().flush();
    expect(state().saveState).toMatchObject({ kind: "failed", reason: "unknown", message: "Error: gone" });
  });

  test("is not repeated where what is stored must not be overwritten", async () => {
    const { state, stored, type } = open();
    stored.failWith = { kind: "failed", reason: "read-only", message: "newer" };
    type("a");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stored.writes).toBe(1);
    expect(state().saveState).toMatchObject({ kind: "failed", reason: "read-only" });
  });
});

describe("leaving the page", () => {
  test("puts what is unsaved aside at once, with the revision it is based on, and stores it", async () => {
    const keepUnsaved = vi.fn(() => true);
    const { state, stored, type } = open({ keepUnsaved });
    expect(state().leave()).toBe(true);
    expect(keepUnsaved).not.toHaveBeenCalled();
    type("a");
    expect(state().leave()).toBe(true);
    expect(keepUnsaved).toHaveBeenCalledExactlyOnceWith(state().workflow, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(stored.workflow).toBe(state().workflow);
  });

  test("forgets what it put aside once everything is saved, and no sooner", async () => {
    const dropUnsaved = vi.fn();
    const { state, stored, type } = open({ keepUnsaved: () => true, dropUnsaved });
    stored.failWith = QUOTA;
    type("a");
    state().leave();
    await state().flush();
    expect(dropUnsaved).not.toHaveBeenCalled();
    stored.failWith = null;
    await state().flush();
    expect(dropUnsaved).toHaveBeenCalledExactlyOnceWith(start.id);
    type("ab");
    await state().flush();
    expect(dropUnsaved).toHaveBeenCalledOnce();
  });

  test("in a conflict names the revision that mine is based on, not theirs", async () => {
    const keepUnsaved = vi.fn(() => true);
    const { state, stored, type } = open({ keepUnsaved });
    stored.revision = 5;
    type("a");
    await state().flush();
    state().leave();
    expect(keepUnsaved).toHaveBeenCalledExactlyOnceWith(state().workflow, 1);
  });

  test("tells where it could not be put aside", () => {
    const { state, type } = open({ keepUnsaved: () => false });
    type("a");
    expect(state().leave()).toBe(false);
  });
});

test("read-only: cards can be collapsed, nothing else changes and nothing is stored", async () => {
  const { state, stored, type } = open({ readOnly: true });
  type("a");
  state().apply(collapse(true));
  expect(state()).toMatchObject({ readOnly: true, canUndo: false, saveState: { kind: "read-only" } });
  expect(state().workflow.steps[0]).toMatchObject({ code: "", collapsed: true });
  await state().flush();
  expect(state().leave()).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stored.writes).toBe(0);
});
