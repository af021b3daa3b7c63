// @vitest-environment happy-dom
import { describe, expect, test, vi } from "vitest";
import { newWorkflow } from "../create.ts";
import { setName } from "../edits.ts";
import type { Workflow } from "../types.ts";
import { createDocumentStore } from "./document-store.ts";
import { type ChangeSource, followChanges } from "./follow-changes.ts";
import { flushOnHide } from "./page-life.ts";

const start = newWorkflow({ name: "W" });

function open(isKept = true) {
  const save = vi.fn((_: Workflow, expected: number) =>
    Promise.resolve({ kind: "saved", revision: expected + 1 } as const),
  );
  const keepUnsaved = vi.fn(() => isKept);
  const store = createDocumentStore({ workflow: start, revision: 1, save, keepUnsaved });
  return { store, save, keepUnsaved, edit: () => store.getState().apply((w) => setName(w, `${w.name}+`)) };
}

describe("flushOnHide", () => {
  const hide = () => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    vi.restoreAllMocks();
  };
  const unload = () => {
    const event = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };

  test.each([
    ["hidden", hide],
    ["left", () => window.dispatchEvent(new Event("pagehide"))],
    ["unloaded", unload],
  ])("stores when the page is %s", async (_, leave) => {
    const { store, save, keepUnsaved, edit } = open();
    const end = flushOnHide(store, window);
    edit();
    leave();
    expect(keepUnsaved).toHaveBeenCalledExactlyOnceWith(store.getState().workflow, 1);
    expect(save).toHaveBeenCalledOnce();
    await store.getState().flush();
    end();
    edit();
    leave();
    expect(save).toHaveBeenCalledOnce();
    await store.getState().flush();
  });

  test("leaves a page alone that comes into view", () => {
    const { store, save, edit } = open();
    const end = flushOnHide(store, window);
    edit();
    document.dispatchEvent(new Event("visibilitychange"));
    expect(save).not.toHaveBeenCalled();
    end();
  });

  test("asks to stay only where something unsaved could not be put aside", () => {
    const safe = open(true);
    const endSafe = flushOnHide(safe.store, window);
    safe.edit();
    expect(unload()).toBe(false);
    endSafe();

    const unsafe = open(false);
    const endUnsafe = flushOnHide(unsafe.store, window);
    expect(unload()).toBe(false);
    unsafe.edit();
    expect(unload()).toBe(true);
    endUnsafe();
  });
});

describe("followChanges", () => {
  const theirs = setName(start, "Theirs");

  function follow() {
    const listeners = new Set<Parameters<ChangeSource["onChange"]>[0]>();
    const load = vi.fn(() => Promise.resolve({ kind: "ok", workflow: theirs, revision: 2 } as const));
    const { store, save } = open();
    const end = followChanges(store, {
      load,
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    const tell = (change: { id?: string; revision: number | null; here?: boolean }) => {
      for (const listener of listeners) listener({ id: start.id, here: false, ...change });
    };
    return { store, save, load, tell, end, listeners };
  }

  test("brings another tab's document in", async () => {
    const { store, tell } = follow();
    tell({ revision: 2 });
    await vi.waitFor(() => expect(store.getState().workflow).toBe(theirs));
    expect(store.getState().revision()).toBe(2);
  });

  test("passes over this tab's own changes and other workflows", () => {
    const { load, tell } = follow();
    tell({ revision: 2, here: true });
    tell({ revision: 2, id: "other" });
    expect(load).not.toHaveBeenCalled();
  });

  test("tells of a deletion, and stores again when it is undone over there", async () => {
    const { store, save, tell } = follow();
    tell({ revision: null });
    expect(store.getState().saveState).toMatchObject({ kind: "failed", reason: "deleted" });
    tell({ revision: 1 });
    await vi.waitFor(() => expect(store.getState().saveState.kind).toBe("saved"));
    expect(save).toHaveBeenCalledExactlyOnceWith(start, 1);
  });

  test("ends", async () => {
    const { store, load, tell, end, listeners } = follow();
    tell({ revision: 2 });
    end();
    await load.mock.results[0]?.value;
    expect(store.getState().workflow).toBe(start);
    expect(listeners.size).toBe(0);
  });
});
