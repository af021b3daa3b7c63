import { Ellipsis } from "lucide-react";
import { IconButton, Menu } from "../../ui/index.ts";
import type { Step } from "../../workflow/index.ts";
import { stepMenuItems, workflowMenuItem } from "../commands/index.ts";
import { useEditor, useReadOnly } from "../services.ts";

/** What can be done with a step as a whole. */
export function StepMenu({ step }: { readonly step: Step }) {
  const editor = useEditor();
  const readOnly = useReadOnly();
  return (
    <Menu
      trigger={<IconButton label="Step menu" icon={<Ellipsis size={16} />} disabled={readOnly} />}
      // Whether it can move up or down depends on its place, and that is looked at then.
      items={() => [
        ...stepMenuItems(editor, step, ["step.duplicate", "step.copy", "step.cut"]),
        workflowMenuItem(editor, "workflow.paste", step.id),
        ...stepMenuItems(editor, step, [
          "separator",
          "step.move-up",
          "step.move-down",
          "step.toggle",
          "step.note",
          "step.add-data-store",
          "separator",
          "step.delete",
        ]),
      ]}
    />
  );
}
