import { createStore, type StoreApi } from "zustand/vanilla";
import type { Workflow } from "../types.ts";
import { createAutosave, type SaveOutcome, type SaveState } from "./autosave.ts";
import { createHistory } from "./history.ts";
import { isSameButView, withPackagesOf, withViewOf } from "./view.ts";

export interface DocumentState {
  readonly workflow: Workflow;
  readonly saveState: SaveState;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Only how it is looked at can be changed (collapsed cards), and nothing is stored. */
  readonly readOnly: boolean;
  /**
   * Edits the workflow. Consecutive edits under one `mergeKey` that follow each other within 800 ms are undone as one;
   * collapsing cards is no entry of its own, nor is what `ofRun` says a run has brought about.
   */
  apply(
    edit: (workflow: Workflow) => Workflow,
    options?: { readonly mergeKey?: string; readonly ofRun?: boolean },
  ): void;
  undo(): void;
  redo(): void;
  /** Stores now; resolves when everything is stored or it is clear that it can't be. */
  flush(): Promise<void>;
  /**
   * To be called when the page may go away: stores now and, as that may not come to its end, puts the document aside
   * where it survives at once. False where something is unsaved and could not be put aside.
   */
  leave(): boolean;
  /** In a conflict: what the other tab stored becomes the document, as an edit that can be undone. */
  takeTheirs(): void;
  /** In a conflict, or after another tab deleted the workflow: this document is stored in place of that. */
  keepMine(): void;
  /** What another tab stored under `revision`: becomes the document where nothing is unsaved here, else a conflict. */
  adopt(workflow: Workflow, revision: number): void;
  /** Another tab deleted the workflow. */
  deletedElsewhere(): void;
  /** The stored revision that the document is based on. */
  revision(): number;
}

export type DocumentStore = StoreApi<DocumentState>;

export interface DocumentStoreOptions {
  readonly workflow: Workflow;
  /** Revision under which `workflow` is stored. */
  readonly revision: number;
  readonly save: (workflow: Workflow, expectedRevision: number) => Promise<SaveOutcome>;
  /** Puts an unsaved document aside at once, without waiting for anything. False: it could not. */
  readonly keepUnsaved?: (workflow: Workflow, baseRevision: number) => boolean;
  /** Forgets what was put aside: it is stored by now, or given up. */
  readonly dropUnsaved?: (workflowId: string) => void;
  readonly readOnly?: boolean;
  /** How long after a change it is stored, at most. */
  readonly debounceMs?: number;
}

const UNDO_STEPS = 100;
const MERGE_WITHIN_MS = 800;
const DEFAULT_DELAY_MS = 250;

/** The document of one open workflow: edits with undo, stored by itself as it changes. */
export function createDocumentStore(options: DocumentStoreOptions): DocumentStore {
  const { workflow, revision, save, readOnly = false, debounceMs = DEFAULT_DELAY_MS } = options;
  let isKeptAside = false;
  let lastEdit: { readonly mergeKey: string | undefined; readonly at: number } | null = null;

  const history = createHistory(workflow, UNDO_STEPS);
  const autosave = createAutosave({
    current: history.current,
    stored: workflow,
    revision,
    save,
    delayMs: debounceMs,
    onState: () => show(),
  });

  /** Brings everything that has changed into the store at once, so that no subscriber sees half of it. */
  const show = () => {
    const now = {
      workflow: history.current(),
      saveState: readOnly ? READ_ONLY : autosave.state(),
      canUndo: history.canUndo(),
      canRedo: history.canRedo(),
    };
    if (isKeptAside && now.saveState.kind === "saved") {
      isKeptAside = false;
      options.dropUnsaved?.(workflow.id);
    }
    const before = store.getState();
    if ((Object.keys(now) as (keyof typeof now)[]).some((key) => now[key] !== before[key]))
      store.setState(now);
  };

  /** Makes `next` the document. Edits under one merge key in quick succession are one entry of the history. */
  const edit = (next: Workflow, mergeKey: string | undefined) => {
    const isView = isSameButView(history.current(), next);
    const at = Date.now();
    const merges =
      mergeKey !== undefined && lastEdit?.mergeKey === mergeKey && at - lastEdit.at <= MERGE_WITHIN_MS;
    if (!isView) lastEdit = { mergeKey, at };
    history.replace(next, !isView && !merges);
  };

  const travel = (way: "undo" | "redo") => {
    const seen = history.current();
    history[way]();
    history.replace(withPackagesOf(seen, withViewOf(seen, history.current())), false);
    lastEdit = null;
    autosave.changed();
    show();
  };

  const store = createStore<DocumentState>()(() => ({
    workflow,
    saveState: readOnly ? READ_ONLY : autosave.state(),
    canUndo: false,
    canRedo: false,
    readOnly,

    apply(change, { mergeKey, ofRun = false } = {}) {
      const before = history.current();
      const after = change(before);
      if (after === before || (readOnly && !isSameButView(before, after))) return;
      if (ofRun) history.replace(after, false);
      else edit(after, mergeKey);
      if (!readOnly) autosave.changed();
      show();
    },
    undo: () => travel("undo"),
    redo: () => travel("redo"),

    flush: () => (readOnly ? Promise.resolve() : autosave.flush()),
    leave() {
      if (readOnly || autosave.isSaved()) return true;
      const isKept = options.keepUnsaved?.(history.current(), autosave.revision()) ?? false;
      isKeptAside ||= isKept;
      void autosave.flush();
      return isKept;
    },

    takeTheirs() {
      const state = autosave.state();
      if (state.kind !== "conflict") return;
      edit(state.theirs, undefined);
      autosave.yield();
    },
    keepMine: () => autosave.overwrite(),
    adopt(theirs, newRevision) {
      const { kind } = autosave.state();
      if (readOnly || newRevision <= autosave.revision()) return;
      if (kind === "conflict") autosave.conflicted(theirs, newRevision);
      if (kind !== "saved") return;
      // Their collapsed cards too: keeping ours would store ours, and the other tab would answer in kind.
      edit(theirs, THEIRS);
      autosave.settled(theirs, newRevision);
    },
    deletedElsewhere() {
      if (!readOnly) autosave.deleted();
    },
    revision: () => autosave.revision(),
  }));

  return store;
}

const READ_ONLY: SaveState = { kind: "read-only" };
/** Merge key of what other tabs store; no edit of a person has it. */
const THEIRS = "stored by another tab";
