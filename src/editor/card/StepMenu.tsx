import { ArrowDown, ArrowUp, Copy, Ellipsis, Power, StickyNote, Trash2 } from "lucide-react";
import { IconButton, Menu } from "../../ui/index.ts";
import { type Step, updateStep } from "../../workflow/index.ts";
import { copyStep, deleteStep, shiftStep } from "../actions.ts";
import { useEditor, useReadOnly, useWorkflow } from "../services.ts";

/** What can be done with a step as a whole. */
export function StepMenu({ step }: { readonly step: Step }) {
  const editor = useEditor();
  const readOnly = useReadOnly();
  const { id, enabled } = step;
  const first = useWorkflow(({ steps }) => steps[0]?.id === id);
  const last = useWorkflow(({ steps }) => steps.at(-1)?.id === id);
  const { apply } = editor.document.getState();
  return (
    <Menu
      trigger={<IconButton label="Step menu" icon={<Ellipsis size={16} />} disabled={readOnly} />}
      items={[
        { label: "Duplicate", icon: <Copy size={14} />, onSelect: () => copyStep(editor, id) },
        {
          label: "Move up",
          icon: <ArrowUp size={14} />,
          disabled: first,
          onSelect: () => shiftStep(editor, id, -1),
        },
        {
          label: "Move down",
          icon: <ArrowDown size={14} />,
          disabled: last,
          onSelect: () => shiftStep(editor, id, 1),
        },
        {
          label: enabled ? "Disable" : "Enable",
          icon: <Power size={14} />,
          onSelect: () => apply((workflow) => updateStep(workflow, id, { enabled: !enabled })),
        },
        {
          label: step.note === "" ? "Add note" : "Edit note",
          icon: <StickyNote size={14} />,
          onSelect: () => editor.view.getState().openNote(id),
        },
        "separator",
        { label: "Delete", icon: <Trash2 size={14} />, danger: true, onSelect: () => deleteStep(editor, id) },
      ]}
    />
  );
}
