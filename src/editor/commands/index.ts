import { createElement } from "react";
import { type Command, type CommandSource, shownChord } from "../../ui/commands/index.ts";
import type { MenuItem } from "../../ui/index.ts";
import type { Step } from "../../workflow/index.ts";
import { contextOf, type EditorContextValue, type EditorServices, stepOf } from "../services.ts";
import { type StepCommand, stepCommands } from "./step-commands.ts";
import { type WorkflowCommand, workflowCommands } from "./workflow-commands.ts";

type Definition = StepCommand | WorkflowCommand;

/** The step whose card `element` is in, or null. */
export function stepAround(element: Element | null): string | null {
  return element?.closest("[data-step]")?.getAttribute("data-step") ?? null;
}

/** Everything that can be done in an editor; `stepId` is the step that its commands are about. */
export function editorCommands(editor: EditorContextValue, stepId: string | null): readonly Command[] {
  const { workflow } = editor.document.getState();
  const step = stepId === null ? undefined : stepOf(workflow, stepId);
  return [
    ...stepCommands.map((definition) => ({
      ...commandOf(definition),
      title: titleOf(definition, step),
      group: "Step",
      subject: step?.name,
      enabled: step !== undefined && isEnabled(editor, definition, step),
      run: () => step && definition.run(editor, step),
    })),
    ...workflowCommands.map((definition) => ({
      ...commandOf(definition),
      title: definition.title,
      group: "Workflow",
      enabled: isAllowed(editor, definition) && (definition.enabled?.(editor) ?? true),
      run: () => definition.run(editor, step?.id ?? null),
    })),
  ];
}

/** What the palette shows of an editor; without a card in focus, its commands are about the step that had it last. */
export function paletteCommands(services: EditorServices): CommandSource {
  const editor = contextOf(services);
  return (focused) => {
    const stepId = stepAround(focused) ?? editor.view.getState().currentCard;
    return [...editorCommands(editor, stepId), ...goToCommands(editor)];
  };
}

/** One command for each step: goes to its card. */
function goToCommands(editor: EditorContextValue): readonly Command[] {
  return editor.document.getState().workflow.steps.map(({ id, name, title }) => ({
    id: `go-to.${id}`,
    title: `Go to ${name}`,
    group: "Go to step",
    keywords: title,
    enabled: true,
    run: () => editor.view.getState().requestFocus(id),
  }));
}

/** Menu entries for a step, from commands by their ids. */
export function stepMenuItems(
  editor: EditorContextValue,
  step: Step,
  ids: readonly (StepCommand["id"] | "separator")[],
): readonly MenuItem[] {
  return ids.map((id) => {
    if (id === "separator") return id;
    const definition = stepCommands.find((command) => command.id === id);
    if (definition === undefined) throw new Error(`There is no command ${id}.`);
    return {
      label: titleOf(definition, step),
      icon: iconOf(definition),
      shortcut: shownKeys(definition.id),
      disabled: !isEnabled(editor, definition, step),
      danger: definition.danger,
      onSelect: () => definition.run(editor, step),
    };
  });
}

/** The menu entry of a command that is about the workflow; `current`: the step whose menu it is. */
export function workflowMenuItem(
  editor: EditorContextValue,
  id: WorkflowCommand["id"],
  current: string | null = null,
): MenuItem {
  const definition = workflowCommands.find((command) => command.id === id);
  if (definition === undefined) throw new Error(`There is no command ${id}.`);
  return {
    label: definition.title,
    icon: iconOf(definition),
    shortcut: shownKeys(id),
    disabled: !isAllowed(editor, definition) || definition.enabled?.(editor) === false,
    onSelect: () => definition.run(editor, current),
  };
}

/** The keys of a command as they are written for people, or undefined where it has none. */
export function shownKeys(id: Definition["id"]): string | undefined {
  const [chord] = [...stepCommands, ...workflowCommands].find((command) => command.id === id)?.keys ?? [];
  return chord === undefined ? undefined : shownChord(chord);
}

/** A tooltip that says what a button does and which keys do the same. */
export function withKeys(text: string, id: Definition["id"]): string {
  const keys = shownKeys(id);
  return keys === undefined ? text : `${text} (${keys})`;
}

function commandOf({ id, keys, place, byBrowser, keywords, ...definition }: Definition) {
  return { id, keys, place, byBrowser, keywords, icon: iconOf(definition) };
}

function iconOf({ Icon }: Pick<Definition, "Icon">) {
  return createElement(Icon, { size: 15 });
}

function titleOf({ title }: StepCommand, step: Step | undefined): string {
  if (typeof title === "string") return title;
  return title(step ?? blankStep);
}

/** What a title is made of while no step has the focus. */
const blankStep: Step = {
  id: "",
  name: "",
  title: "",
  code: "",
  apps: [],
  dataStore: null,
  enabled: true,
  collapsed: false,
  note: "",
};

function isEnabled(editor: EditorContextValue, definition: StepCommand, step: Step): boolean {
  return (
    isAllowed(editor, definition) && (definition.enabled?.(editor.document.getState().workflow, step) ?? true)
  );
}

function isAllowed(
  { document, runs, view }: EditorContextValue,
  { kind }: Pick<Definition, "kind">,
): boolean {
  // Nothing is edited behind a past run, where it can't be seen.
  if (kind === "edit") return !document.getState().readOnly && view.getState().history === null;
  return kind !== "run" || runs.getState().running === null;
}
