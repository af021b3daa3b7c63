import type { Workflow } from "../types.ts";

/** What storing a workflow comes to; the repository's `save` gives it. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly revision: number }
  | { readonly kind: "conflict"; readonly revision: number; readonly workflow: Workflow }
  | { readonly kind: "failed"; readonly reason: SaveFailure; readonly message: string };

/** `deleted`: another tab has deleted the workflow; `read-only`: what is stored must not be overwritten. */
export type SaveFailure = "quota" | "unavailable" | "read-only" | "deleted" | "unknown";

export type SaveState =
  /** The stored revision holds exactly this document. */
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "unsaved" }
  | { readonly kind: "read-only" }
  /** Another tab has stored something else in the meantime; nothing is stored until the person has chosen. */
  | { readonly kind: "conflict"; readonly theirs: Workflow }
  /** Nothing is lost as long as the page is open; tried again by itself where that can help. */
  | { readonly kind: "failed"; readonly reason: SaveFailure; readonly message: string };

export interface Autosave {
  state(): SaveState;
  /** The document may have changed: stores it soon. */
  changed(): void;
  /** Stores now; resolves when everything is stored or it is clear that it can't be. */
  flush(): Promise<void>;
  /** `workflow` is what is stored under `revision`. */
  settled(workflow: Workflow, revision: number): void;
  /** Another tab's document is stored under `revision`: the person has to choose. */
  conflicted(theirs: Workflow, revision: number): void;
  /** Another tab has deleted what was stored. */
  deleted(): void;
  /** Ends a conflict, or a failure because of deletion, in favour of what is in memory. */
  overwrite(): void;
  /** Ends a conflict in favour of what is stored. */
  yield(): void;
  /** The revision that the document in memory is based on. */
  revision(): number;
  isSaved(): boolean;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const WORTH_RETRYING: readonly SaveFailure[] = ["quota", "unavailable", "unknown"];

/**
 * Stores a document as it changes: at most `delayMs` after the first change that is not stored yet, one write at a time,
 * again with growing pauses after a failure.
 */
export function createAutosave(options: {
  readonly current: () => Workflow;
  readonly stored: Workflow;
  readonly revision: number;
  readonly save: (workflow: Workflow, expectedRevision: number) => Promise<SaveOutcome>;
  readonly delayMs: number;
  /** The state has changed. */
  readonly onState: () => void;
}): Autosave {
  const { current, save, delayMs, onState } = options;
  let { revision } = options;
  let stored: Workflow | null = options.stored;
  let theirs: { readonly workflow: Workflow; readonly revision: number } | null = null;
  let state: SaveState = { kind: "saved" };
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> | null = null;
  let pauseMs = FIRST_PAUSE_MS;

  const enter = (next: SaveState) => {
    state = next;
    onState();
  };
  const cancel = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const schedule = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = null;
      void write();
    }, ms);
  };
  const isSaved = () => current() === stored;

  const write = (): Promise<void> => {
    cancel();
    if (state.kind === "conflict" || isSaved()) return Promise.resolve();
    writing ??= writeOnce().finally(() => {
      writing = null;
    });
    return writing;
  };

  const writeOnce = async () => {
    const document = current();
    // A failure stays visible until it is over: no flicker with each attempt.
    if (state.kind !== "failed") enter({ kind: "saving" });
    const outcome = await save(document, revision).catch(
      (error: unknown): SaveOutcome => ({ kind: "failed", reason: "unknown", message: String(error) }),
    );
    if (outcome.kind === "saved") settled(document, outcome.revision);
    else if (outcome.kind === "conflict") conflicted(outcome.workflow, outcome.revision);
    else if (outcome.reason === "deleted") deleted(outcome.message);
    else failed(outcome);
  };

  const settled = (workflow: Workflow, newRevision: number) => {
    cancel();
    stored = workflow;
    revision = newRevision;
    theirs = null;
    pauseMs = FIRST_PAUSE_MS;
    enter({ kind: isSaved() ? "saved" : "unsaved" });
    if (!isSaved()) schedule(delayMs);
  };
  const conflicted = (workflow: Workflow, newRevision: number) => {
    cancel();
    theirs = { workflow, revision: newRevision };
    enter({ kind: "conflict", theirs: workflow });
  };
  const deleted = (message: string) => {
    cancel();
    stored = null;
    enter({ kind: "failed", reason: "deleted", message });
  };
  const failed = (outcome: Extract<SaveOutcome, { kind: "failed" }>) => {
    if (isSaved()) {
      enter({ kind: "saved" });
      return;
    }
    enter(outcome);
    if (WORTH_RETRYING.includes(outcome.reason)) schedule(pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };

  return {
    state: () => state,
    changed() {
      if (state.kind === "conflict" || writing !== null) return;
      if (isSaved()) {
        cancel();
        enter({ kind: "saved" });
      } else if (state.kind !== "failed") {
        if (state.kind !== "unsaved") enter({ kind: "unsaved" });
        schedule(delayMs);
      }
    },
    async flush() {
      do await write();
      while (state.kind === "unsaved");
    },
    settled,
    conflicted,
    deleted: () => deleted("This workflow was deleted in another tab."),
    overwrite() {
      if (theirs !== null) revision = theirs.revision;
      else if (state.kind === "failed" && state.reason === "deleted") revision = 0;
      else return;
      theirs = null;
      stored = null;
      enter({ kind: "unsaved" });
      void write();
    },
    yield() {
      if (theirs !== null) settled(theirs.workflow, theirs.revision);
    },
    revision: () => revision,
    isSaved,
  };
}
