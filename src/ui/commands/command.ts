import type { ReactNode } from "react";
import type { Chord } from "./chord.ts";

/**
 * Where the focus must be for a command's keys to work. `anywhere`: also where text is typed; `outside-text`; `card`: on a card itself,
 * not on something in it. Dialogs and menus have their keys to themselves.
 */
export type KeyPlace = "anywhere" | "outside-text" | "card";

/** One thing a person can do, as palette, sheet of shortcuts, keys, menus and tooltips all know it. */
export interface Command {
  /** Unique: `step.test`. */
  readonly id: string;
  readonly title: string;
  /** Heading under which it stands. */
  readonly group: string;
  /** What the group is about now: the name of a step. */
  readonly subject?: string | undefined;
  readonly icon?: ReactNode;
  /** The first is the one that is shown. */
  readonly keys?: readonly Chord[] | undefined;
  readonly place?: KeyPlace | undefined;
  /** Its keys reach it as an event of the browser's own (copy, paste). */
  readonly byBrowser?: boolean | undefined;
  /** What people may call it besides. */
  readonly keywords?: string | undefined;
  readonly enabled: boolean;
  /** Only the sheet of shortcuts shows it, or only keys reach it. */
  readonly hidden?: boolean | undefined;
  readonly run: () => void;
}

/** The commands there are now; `focused` is what has the focus, or had it before the palette was opened. */
export type CommandSource = (focused: Element | null) => readonly Command[];
