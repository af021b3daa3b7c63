import {
  AlignLeft,
  ArrowDown,
  ArrowUp,
  CaseSensitive,
  ChevronsUpDown,
  ClipboardCopy,
  Copy,
  Database,
  FastForward,
  type LucideIcon,
  PenLine,
  Play,
  Plug,
  Plus,
  Power,
  Scissors,
  SkipForward,
  StickyNote,
  Trash2,
} from "lucide-react";
import type { Chord, KeyPlace } from "../../ui/commands/index.ts";
import { type Step, updateStep, type Workflow } from "../../workflow/index.ts";
import { addDataStore, copyStep, deleteStep, shiftStep } from "../actions.ts";
import { copyStepText, cutStep } from "../clipboard/copy.ts";
import { formatStep } from "../format.ts";
import type { EditorContextValue } from "../services.ts";

/** Something that can be done with a step. */
export interface StepCommand {
  readonly id: `step.${string}`;
  readonly title: string | ((step: Step) => string);
  readonly Icon: LucideIcon;
  readonly keys?: readonly Chord[];
  readonly place?: KeyPlace;
  readonly byBrowser?: boolean;
  readonly keywords?: string;
  /** It changes the workflow, or runs it: not where that is read-only, or not while something runs. */
  readonly kind: "edit" | "run" | "view";
  readonly enabled?: (workflow: Workflow, step: Step) => boolean;
  readonly danger?: boolean;
  readonly run: (editor: EditorContextValue, step: Step) => void;
}

const update = (editor: EditorContextValue, { id }: Step, patch: Parameters<typeof updateStep>[2]) =>
  editor.document.getState().apply((workflow) => updateStep(workflow, id, patch));

/** All of them, in the order in which the palette lists them. */
export const stepCommands: readonly StepCommand[] = [
  {
    id: "step.test",
    title: "Test this step",
    Icon: Play,
    keys: ["Mod+Enter"],
    place: "anywhere",
    keywords: "run",
    kind: "run",
    run: ({ runs }, { id }) => void runs.getState().testStep(id),
  },
  {
    id: "step.test-up-to",
    title: "Test up to here",
    Icon: SkipForward,
    keys: ["Mod+Shift+Enter"],
    place: "anywhere",
    keywords: "run steps above",
    kind: "run",
    run: ({ runs }, { id }) => void runs.getState().testUpTo(id),
  },
  {
    id: "step.test-from",
    title: "Test from here",
    Icon: FastForward,
    keywords: "run this step and all below",
    kind: "run",
    run: ({ runs }, { id }) => void runs.getState().testFrom(id),
  },
  {
    id: "step.rename",
    title: "Rename",
    Icon: PenLine,
    keys: ["F2"],
    keywords: "name",
    kind: "edit",
    run: ({ view }, { id }) => view.getState().requestEdit({ what: "name", id }),
  },
  {
    id: "step.title",
    title: "Edit title",
    Icon: CaseSensitive,
    kind: "edit",
    run: ({ view }, { id }) => view.getState().requestEdit({ what: "title", id }),
  },
  {
    id: "step.duplicate",
    title: "Duplicate",
    Icon: Copy,
    keys: ["Mod+D"],
    place: "card",
    kind: "edit",
    run: (editor, { id }) => copyStep(editor, id),
  },
  {
    id: "step.copy",
    title: "Copy step",
    Icon: ClipboardCopy,
    keys: ["Mod+C"],
    place: "card",
    byBrowser: true,
    keywords: "clipboard",
    kind: "view",
    run: (editor, { id }) => void copyStepText(editor, id),
  },
  {
    id: "step.cut",
    title: "Cut step",
    Icon: Scissors,
    keys: ["Mod+X"],
    place: "card",
    byBrowser: true,
    keywords: "clipboard",
    kind: "edit",
    run: (editor, { id }) => void cutStep(editor, id),
  },
  {
    id: "step.move-up",
    title: "Move up",
    Icon: ArrowUp,
    keys: ["Alt+ArrowUp"],
    keywords: "reorder",
    kind: "edit",
    enabled: ({ steps }, { id }) => steps[0]?.id !== id,
    run: (editor, { id }) => shiftStep(editor, id, -1),
  },
  {
    id: "step.move-down",
    title: "Move down",
    Icon: ArrowDown,
    keys: ["Alt+ArrowDown"],
    keywords: "reorder",
    kind: "edit",
    enabled: ({ steps }, { id }) => steps.at(-1)?.id !== id,
    run: (editor, { id }) => shiftStep(editor, id, 1),
  },
  {
    id: "step.toggle",
    title: ({ enabled }) => (enabled ? "Disable" : "Enable"),
    Icon: Power,
    kind: "edit",
    run: (editor, step) => update(editor, step, { enabled: !step.enabled }),
  },
  {
    id: "step.format",
    title: "Format step",
    Icon: AlignLeft,
    keys: ["Shift+Alt+F"],
    place: "anywhere",
    keywords: "ruff indent tidy code",
    kind: "edit",
    run: (editor, { id }) => void formatStep(editor, id),
  },
  {
    id: "step.note",
    title: ({ note }) => (note === "" ? "Add note" : "Edit note"),
    Icon: StickyNote,
    keywords: "comment",
    kind: "edit",
    run: ({ view }, { id }) => view.getState().openNote(id),
  },
  {
    id: "step.add-app",
    title: "Add app…",
    Icon: Plug,
    keywords: "attach account connect",
    kind: "edit",
    run: ({ view }, { id }) => view.getState().openAddApp(id),
  },
  {
    id: "step.add-data-store",
    title: "Add data store",
    Icon: Database,
    keywords: "attach storage keep values",
    kind: "edit",
    enabled: (_, { dataStore }) => dataStore === null,
    run: (editor, { id }) => addDataStore(editor, id),
  },
  {
    id: "step.add-below",
    title: "Add step below…",
    Icon: Plus,
    keys: ["Alt+N"],
    keywords: "new insert",
    kind: "edit",
    run: ({ document, view }, { id }) => {
      const { steps } = document.getState().workflow;
      view.getState().openAddStep(steps.findIndex((step) => step.id === id) + 1);
    },
  },
  {
    id: "step.collapse",
    title: ({ collapsed }) => (collapsed ? "Expand" : "Collapse"),
    Icon: ChevronsUpDown,
    kind: "view",
    run: (editor, step) => update(editor, step, { collapsed: !step.collapsed }),
  },
  {
    id: "step.delete",
    title: "Delete",
    Icon: Trash2,
    keys: ["Delete"],
    place: "card",
    keywords: "remove",
    kind: "edit",
    danger: true,
    run: (editor, { id }) => deleteStep(editor, id),
  },
];
