import { temporal } from "zundo";
import { createStore } from "zustand/vanilla";
import type { Workflow } from "../types.ts";

export interface History {
  current(): Workflow;
  /** Makes `next` the current one; in a way that can be undone if it is `tracked`. */
  replace(next: Workflow, tracked: boolean): void;
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
}

/** Versions of a workflow, up to `limit` of them to go back to. */
export function createHistory(workflow: Workflow, limit: number): History {
  const store = createStore<{ readonly workflow: Workflow }>()(
    temporal(() => ({ workflow }), {
      limit,
      equality: (past, current) => past.workflow === current.workflow,
    }),
  );
  const past = () => store.temporal.getState();
  return {
    current: () => store.getState().workflow,
    replace(next, tracked) {
      if (!tracked) past().pause();
      store.setState({ workflow: next });
      past().resume();
    },
    undo: () => past().undo(),
    redo: () => past().redo(),
    canUndo: () => past().pastStates.length > 0,
    canRedo: () => past().futureStates.length > 0,
  };
}
