import { createStore, type StoreApi } from "zustand/vanilla";
import type { ExportPath } from "./paths/insert-path.ts";

/** The add-step dialog: where it will insert, and the app whose templates it shows; null: it shows the search. */
export interface AddStepView {
  readonly index: number;
  readonly app: string | null;
}

/** A host, and the port where only that one is meant. */
export interface NetworkTarget {
  readonly host: string;
  readonly port: number | null;
}

/** A text in place that is to be edited: a step's title or name, or the workflow's name. */
export type EditRequest =
  | { readonly what: "title" | "name"; readonly id: string }
  | { readonly what: "workflow" };

export interface CodePlaceRequest {
  readonly stepId: string;
  readonly line: number;
  readonly column: number;
}

/** Stands in for the clipboard: shows the text of a step, or asks for one that will go in at `index`. */
export type ClipboardView =
  | { readonly mode: "copy"; readonly name: string; readonly text: string }
  | { readonly mode: "paste"; readonly index: number };

/** What of the past runs is shown in the place of the steps; null: the steps are. */
export type ShownHistory =
  | { readonly kind: "run"; readonly id: string }
  /** The older one first. */
  | { readonly kind: "comparison"; readonly ids: readonly [string, string] };
/** Where a dragged step would go: pixels below the top of the list, and what speaks against it. */
export interface DropView {
  readonly top: number;
  readonly hint: string | null;
}

/** What is open and where the focus goes: the part of the editor's state that ends with the page. */
export interface ViewState {
  /** Null: that dialog is closed. */
  readonly addStep: AddStepView | null;
  /** The add-app dialog is open for this step. */
  readonly addAppTo: string | null;
  /** Id of the step (or `trigger`) whose card takes the focus as soon as it is there. */
  readonly focusCard: string | null;
  /** The step whose note is being written; an empty note isn't shown otherwise. */
  readonly noteOpen: string | null;
  /** *Network access* is open; with a host, it is opened to decide about that one. */
  readonly networkAccess: { readonly target: NetworkTarget | null } | null;
  /** A dialog of the header, or of the trigger, is open. */
  readonly dialog: "packages" | "runs" | "time-limit" | "events" | "waiting" | null;
  /** This text turns into its field as soon as it is there. */
  readonly editing: EditRequest | null;
  readonly clipboard: ClipboardView | null;
  /** Id of the step (or `trigger`) whose card has the focus or had it last. */
  readonly currentCard: string | null;
  /** A step is being dragged over the list. */
  readonly drop: DropView | null;
  /** A place in a step's code, line and column from 1, that takes the focus as soon as its editor is there. */
  readonly codePlace: CodePlaceRequest | null;
  /** What was done, for those who don't see it. */
  readonly announcement: string;
  readonly history: ShownHistory | null;
  /** The person is asked into which step this goes. */
  readonly pathToInsert: ExportPath | null;
  openAddStep(index: number, app?: string | null): void;
  closeAddStep(): void;
  openAddApp(stepId: string): void;
  closeAddApp(): void;
  requestFocus(card: string | null): void;
  openNote(stepId: string): void;
  closeNote(stepId: string): void;
  openNetworkAccess(target?: NetworkTarget): void;
  closeNetworkAccess(): void;
  openDialog(dialog: NonNullable<ViewState["dialog"]>): void;
  closeDialog(): void;
  requestEdit(editing: EditRequest | null): void;
  openClipboard(clipboard: ClipboardView): void;
  closeClipboard(): void;
  noteCard(card: string): void;
  requestCodePlace(place: CodePlaceRequest | null): void;
  announce(text: string): void;
  /** Shows a past run or a comparison, and closes the list; null: back to the steps. */
  showHistory(history: ShownHistory | null): void;
  askForReader(path: ExportPath | null): void;
  showDrop(drop: DropView | null): void;
}

export type ViewStore = StoreApi<ViewState>;

export function createViewStore(): ViewStore {
  return createStore<ViewState>((set) => ({
    addStep: null,
    addAppTo: null,
    focusCard: null,
    noteOpen: null,
    networkAccess: null,
    dialog: null,
    editing: null,
    clipboard: null,
    currentCard: null,
    codePlace: null,
    announcement: "",
    history: null,
    pathToInsert: null,
    drop: null,
    openAddStep: (index, app = null) => set({ addStep: { index, app } }),
    closeAddStep: () => set({ addStep: null }),
    openAddApp: (addAppTo) => set({ addAppTo }),
    closeAddApp: () => set({ addAppTo: null }),
    // Who goes to a card leaves the past.
    requestFocus: (focusCard) => set(focusCard === null ? { focusCard } : { focusCard, history: null }),
    openNote: (noteOpen) => set({ noteOpen }),
    closeNote: (stepId) => set((state) => (state.noteOpen === stepId ? { noteOpen: null } : state)),
    openNetworkAccess: (target) => set({ networkAccess: { target: target ?? null } }),
    closeNetworkAccess: () => set({ networkAccess: null }),
    openDialog: (dialog) => set({ dialog }),
    closeDialog: () => set({ dialog: null }),
    requestEdit: (editing) => set({ editing }),
    openClipboard: (clipboard) => set({ clipboard }),
    closeClipboard: () => set({ clipboard: null }),
    noteCard: (currentCard) => set({ currentCard }),
    requestCodePlace: (codePlace) => set({ codePlace }),
    announce: (announcement) => set({ announcement }),
    askForReader: (pathToInsert) => set({ pathToInsert }),
    showHistory: (history) => set({ history, dialog: null }),
    showDrop: (drop) => set({ drop }),
  }));
}
