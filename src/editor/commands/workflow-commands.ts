import {
  AlignLeft,
  ArrowDownToLine,
  ArrowUpToLine,
  ChevronsDownUp,
  ChevronsUpDown,
  ClipboardPaste,
  Download,
  History,
  Hourglass,
  type LucideIcon,
  Package,
  PenLine,
  Play,
  Plus,
  Redo2,
  Shield,
  Square,
  Timer,
  Undo2,
  Zap,
} from "lucide-react";
import { downloadText, fileNameOf } from "../../lib/download.ts";
import type { Chord, KeyPlace } from "../../ui/commands/index.ts";
import {
  exportWorkflow,
  setAllCollapsed,
  setTriggerKind,
  TRIGGER_NAME,
  type Trigger,
} from "../../workflow/index.ts";
import { focusNeighbour } from "../actions.ts";
import { indexBelow, pasteFromClipboard } from "../clipboard/paste.ts";
import { toggleFormatOnTest } from "../format.ts";
import type { EditorContextValue } from "../services.ts";

/** Something that can be done with the workflow as a whole. */
export interface WorkflowCommand {
  readonly id: `workflow.${string}`;
  readonly title: string;
  readonly Icon: LucideIcon;
  readonly keys?: readonly Chord[];
  readonly place?: KeyPlace;
  readonly byBrowser?: boolean;
  readonly keywords?: string;
  /** As with a step's commands. */
  readonly kind: "edit" | "run" | "view";
  readonly enabled?: (editor: EditorContextValue) => boolean;
  /** `current`: id of the step that has the focus, or had it last. */
  readonly run: (editor: EditorContextValue, current: string | null) => void;
}

const hasSteps = ({ document }: EditorContextValue) => document.getState().workflow.steps.length > 0;
const addAt = ({ view }: EditorContextValue, index: number) => view.getState().openAddStep(index);
const collapse = ({ document }: EditorContextValue, collapsed: boolean) =>
  document.getState().apply((workflow) => setAllCollapsed(workflow, collapsed));

const triggerKind = (kind: Trigger["kind"], title: string): WorkflowCommand => ({
  id: `workflow.trigger-${kind}`,
  title: `Trigger: ${title}`,
  Icon: Zap,
  keywords: "start when kind webhook cron",
  kind: "edit",
  enabled: ({ document }) => document.getState().workflow.trigger.kind !== kind,
  run: ({ document }) => document.getState().apply((workflow) => setTriggerKind(workflow, kind)),
});

export const workflowCommands: readonly WorkflowCommand[] = [
  {
    id: "workflow.test",
    title: "Test workflow",
    Icon: Play,
    keys: ["Alt+Enter"],
    place: "anywhere",
    keywords: "run all steps",
    kind: "run",
    enabled: hasSteps,
    run: ({ runs }) => void runs.getState().testWorkflow(),
  },
  {
    id: "workflow.stop",
    title: "Stop",
    Icon: Square,
    keys: ["Alt+."],
    place: "anywhere",
    keywords: "cancel end run",
    kind: "view",
    enabled: ({ runs }) => runs.getState().running !== null,
    run: ({ runs }) => runs.getState().stop(),
  },
  {
    id: "workflow.waiting",
    title: "Runs that wait",
    Icon: Hourglass,
    keywords: "skip resume cancel delay suspend rerun",
    kind: "view",
    enabled: ({ runs }) => runs.getState().waiting.length > 0,
    run: ({ view }) => view.getState().openDialog("waiting"),
  },
  {
    id: "workflow.events",
    title: "Earlier events",
    Icon: Zap,
    keywords: "trigger event pick replay request webhook",
    kind: "view",
    run: ({ view }) => view.getState().openDialog("events"),
  },
  {
    id: "workflow.undo",
    title: "Undo",
    Icon: Undo2,
    keys: ["Mod+Z"],
    kind: "edit",
    enabled: ({ document }) => document.getState().canUndo,
    run: ({ document }) => document.getState().undo(),
  },
  {
    id: "workflow.redo",
    title: "Redo",
    Icon: Redo2,
    keys: ["Mod+Shift+Z", "Mod+Y"],
    kind: "edit",
    enabled: ({ document }) => document.getState().canRedo,
    run: ({ document }) => document.getState().redo(),
  },
  {
    id: "workflow.paste",
    title: "Paste step",
    Icon: ClipboardPaste,
    keys: ["Mod+V"],
    place: "card",
    byBrowser: true,
    keywords: "clipboard insert",
    kind: "edit",
    run: (editor, current) => void pasteFromClipboard(editor, indexBelow(editor, current)),
  },
  {
    id: "workflow.add-first",
    title: "Add step at the beginning…",
    Icon: ArrowUpToLine,
    keywords: "new insert top",
    kind: "edit",
    run: (editor) => addAt(editor, 0),
  },
  {
    id: "workflow.add-last",
    title: "Add step at the end…",
    Icon: Plus,
    keywords: "new insert bottom",
    kind: "edit",
    run: (editor) => addAt(editor, editor.document.getState().workflow.steps.length),
  },
  {
    id: "workflow.next",
    title: "Go to the next card",
    Icon: ArrowDownToLine,
    keys: ["Alt+PageDown"],
    place: "anywhere",
    kind: "view",
    enabled: hasSteps,
    run: (editor, current) => focusNeighbour(editor, current, 1),
  },
  {
    id: "workflow.previous",
    title: "Go to the previous card",
    Icon: ArrowUpToLine,
    keys: ["Alt+PageUp"],
    place: "anywhere",
    kind: "view",
    enabled: hasSteps,
    run: (editor, current) => focusNeighbour(editor, current, -1),
  },
  {
    id: "workflow.trigger",
    title: "Go to the trigger",
    Icon: Zap,
    keywords: "event",
    kind: "view",
    run: ({ view }) => view.getState().requestFocus(TRIGGER_NAME),
  },
  triggerKind("manual", "manual"),
  triggerKind("http", "HTTP request"),
  triggerKind("schedule", "schedule"),
  {
    id: "workflow.collapse",
    title: "Collapse all steps",
    Icon: ChevronsDownUp,
    keywords: "fold",
    kind: "view",
    enabled: hasSteps,
    run: (editor) => collapse(editor, true),
  },
  {
    id: "workflow.expand",
    title: "Expand all steps",
    Icon: ChevronsUpDown,
    keywords: "unfold",
    kind: "view",
    enabled: hasSteps,
    run: (editor) => collapse(editor, false),
  },
  {
    id: "workflow.rename",
    title: "Rename workflow",
    Icon: PenLine,
    kind: "edit",
    run: ({ view }) => view.getState().requestEdit({ what: "workflow" }),
  },
  {
    id: "workflow.time-limit",
    title: "Time limit…",
    Icon: Timer,
    keywords: "timeout settings seconds",
    kind: "edit",
    run: ({ view }) => view.getState().openDialog("time-limit"),
  },
  {
    id: "workflow.packages",
    title: "Packages…",
    Icon: Package,
    keywords: "pip versions update requirements lock",
    kind: "view",
    run: ({ view }) => view.getState().openDialog("packages"),
  },
  {
    id: "workflow.runs",
    title: "Runs…",
    Icon: History,
    keywords: "history past compare logs event",
    kind: "view",
    run: ({ view }) => view.getState().openDialog("runs"),
  },
  {
    id: "workflow.network",
    title: "Network access…",
    Icon: Shield,
    keywords: "hosts trust allow deny",
    kind: "view",
    run: ({ view }) => view.getState().openNetworkAccess(),
  },
  {
    id: "workflow.export",
    title: "Export workflow to a file",
    Icon: Download,
    keywords: "save download",
    kind: "view",
    run({ document }) {
      const { workflow } = document.getState();
      downloadText(fileNameOf(workflow.name, "runnel.json"), exportWorkflow(workflow), "application/json");
    },
  },
  {
    id: "workflow.format-on-test",
    title: "Format steps when they are tested: on or off",
    Icon: AlignLeft,
    keywords: "ruff preference tidy save",
    kind: "view",
    run: toggleFormatOnTest,
  },
];
