import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { setName } from "../edits.ts";
import { name, open, start } from "./document-on-a-shelf.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a conflict", () => {
  const theirs = setName(start, "Theirs");
  const conflict = async () => {
    const opened = open();
    opened.stored.workflow = theirs;
    opened.stored.revision = 5;
    opened.type("mine");
    await opened.state().flush();
    return opened;
  };

  test("is told and overwrites nothing, on either side", async () => {
    const { state, stored, type } = await conflict();
    expect(state().saveState).toEqual({ kind: "conflict", theirs });
    type("mine too");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stored.workflow).toBe(theirs);
    expect(state().workflow.steps[0]?.code).toBe("mine too");
    expect(state().revision()).toBe(1);
  });

  test("can be ended in favour of theirs, which can be undone", async () => {
    const { state, stored } = await conflict();
    state().takeTheirs();
    expect(state()).toMatchObject({ workflow: theirs, saveState: { kind: "saved" } });
    expect(stored.writes).toBe(1);
    state().undo();
    await state().flush();
    expect(stored.workflow).toMatchObject({ name: "W", steps: [{ code: "mine" }] });
    expect(state().revision()).toBe(6);
  });

  test("can be ended in favour of mine", async () => {
    const { state, stored } = await conflict();
    state().keepMine();
    await state().flush();
    expect(stored).toMatchObject({ revision: 6, workflow: { name: "W", steps: [{ code: "mine" }] } });
    expect(state().saveState).toEqual({ kind: "saved" });
  });

  test("is one again where they stored in the meantime", async () => {
    const { state, stored } = await conflict();
    stored.revision = 7;
    state().keepMine();
    await state().flush();
    expect(state().saveState).toEqual({ kind: "conflict", theirs });
  });
});

describe("what another tab stores", () => {
  const theirs = setName(start, "Theirs");

  test("becomes the document where nothing is unsaved, as an edit", async () => {
    const { state, stored } = open();
    state().adopt(theirs, 2);
    expect(state()).toMatchObject({ workflow: theirs, saveState: { kind: "saved" }, canUndo: true });
    stored.revision = 2;
    state().undo();
    await state().flush();
    expect(stored.workflow).toBe(start);
  });

  test("is one edit where it comes in quick succession", () => {
    const { state } = open();
    for (let revision = 2; revision < 9; revision += 1)
      state().adopt(setName(start, `Theirs ${revision}`), revision);
    state().undo();
    expect(state().workflow).toBe(start);
  });

  test("never takes the place of what is unsaved", () => {
    const { state, type } = open();
    type("mine");
    state().adopt(theirs, 2);
    expect(state().workflow.steps[0]?.code).toBe("mine");
  });

  test("is left aside where it is old", () => {
    const { state } = open();
    state().adopt(theirs, 1);
    expect(state().workflow).toBe(start);
  });

  test("keeps a conflict up to date", async () => {
    const { state, stored, type } = open();
    stored.revision = 5;
    type("mine");
    await state().flush();
    state().adopt(theirs, 6);
    expect(state().saveState).toEqual({ kind: "conflict", theirs });
    stored.revision = 6;
    state().keepMine();
    await state().flush();
    expect(state().saveState).toEqual({ kind: "saved" });
  });
});

describe("deleted in another tab", () => {
  test("is told, and the document can be stored again", async () => {
    const { state, stored } = open();
    stored.revision = 0;
    state().deletedElsewhere();
    expect(state().saveState).toMatchObject({ kind: "failed", reason: "deleted" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stored.writes).toBe(0);
    state().keepMine();
    await state().flush();
    expect(stored).toMatchObject({ revision: 1, workflow: start });
    expect(state().saveState).toEqual({ kind: "saved" });
  });

  test("is what undo can't make saved", () => {
    const { state } = open();
    state().apply(name("1"));
    state().deletedElsewhere();
    state().undo();
    expect(state().saveState.kind).toBe("failed");
  });
});
