import { createStore, type StoreApi } from "zustand/vanilla";

/** What is open and where the focus goes: the part of the editor's state that ends with the page. */
export interface ViewState {
  /** The add-step dialog is open and will insert at this index. */
  readonly addStepAt: number | null;
  /** The add-app dialog is open for this step. */
  readonly addAppTo: string | null;
  /** A card that takes the focus as soon as it is there: a step just added, moved or duplicated. */
  readonly focusStep: string | null;
  /** Steps whose empty note is shown to be written. */
  readonly noteOpen: ReadonlySet<string>;
  openAddStep(index: number): void;
  closeAddStep(): void;
  openAddApp(stepId: string): void;
  closeAddApp(): void;
  requestFocus(stepId: string | null): void;
  openNote(stepId: string): void;
}

export type ViewStore = StoreApi<ViewState>;

export function createViewStore(): ViewStore {
  return createStore<ViewState>((set) => ({
    addStepAt: null,
    addAppTo: null,
    focusStep: null,
    noteOpen: new Set(),
    openAddStep: (addStepAt) => set({ addStepAt }),
    closeAddStep: () => set({ addStepAt: null }),
    openAddApp: (addAppTo) => set({ addAppTo }),
    closeAddApp: () => set({ addAppTo: null }),
    requestFocus: (focusStep) => set({ focusStep }),
    openNote: (stepId) => set((state) => ({ noteOpen: new Set(state.noteOpen).add(stepId) })),
  }));
}
