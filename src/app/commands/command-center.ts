import { createStore, type StoreApi } from "zustand/vanilla";
import type { Command, CommandSource } from "../../ui/commands/index.ts";

/** Where the palette and the sheet of shortcuts get their commands from, and which of the two is open. */
export interface CommandCenter {
  /** Adds the commands of a page; gives the way to take them back. */
  provide(source: CommandSource): () => void;
  /** All commands there are now. */
  all(focused: Element | null): readonly Command[];
  readonly view: StoreApi<{
    readonly open: "palette" | "shortcuts" | null;
    /** What had the focus before it was opened. */
    readonly focused: Element | null;
  }>;
  open(what: "palette" | "shortcuts"): void;
  close(): void;
}

export function createCommandCenter(): CommandCenter {
  const sources = new Set<CommandSource>();
  const view: CommandCenter["view"] = createStore(() => ({ open: null, focused: null }));
  return {
    provide(source) {
      sources.add(source);
      return () => sources.delete(source);
    },
    // The page's own first: what came last is what a person is at.
    all: (focused) => [...sources].reverse().flatMap((source) => source(focused)),
    view,
    open: (open) => view.setState({ open, focused: document.activeElement }),
    close: () => view.setState({ open: null }),
  };
}
