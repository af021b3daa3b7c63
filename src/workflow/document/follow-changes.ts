import type { Workflow } from "../types.ts";
import type { DocumentStore } from "./document-store.ts";

/** What of a repository it takes to hear of other tabs. */
export interface ChangeSource {
  load(
    id: string,
  ): Promise<
    | { readonly kind: "ok"; readonly workflow: Workflow; readonly revision: number }
    | { readonly kind: "missing" | "newer-version" | "corrupt" }
  >;
  onChange(
    listener: (change: {
      readonly id: string;
      readonly revision: number | null;
      readonly here: boolean;
    }) => void,
  ): () => void;
}

/**
 * Brings what other tabs store of this workflow into the open document, see `DocumentState.adopt`. What they store while
 * something is unsaved here comes up as a conflict with the next write. Returns the way to end it.
 */
export function followChanges(store: DocumentStore, source: ChangeSource): () => void {
  const { id } = store.getState().workflow;
  let isOver = false;
  const unsubscribe = source.onChange((change) => {
    if (change.id !== id || change.here) return;
    const { saveState, deletedElsewhere, flush } = store.getState();
    if (change.revision === null) {
      deletedElsewhere();
    } else if (saveState.kind === "failed" && saveState.reason === "deleted") {
      void flush();
    } else {
      void source.load(id).then((loaded) => {
        if (loaded.kind === "ok" && !isOver) store.getState().adopt(loaded.workflow, loaded.revision);
      });
    }
  });
  return () => {
    isOver = true;
    unsubscribe();
  };
}
