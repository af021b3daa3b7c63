import { ChevronDown } from "lucide-react";
import { IconButton, Menu } from "../../ui/index.ts";
import { stepMenuItems, workflowMenuItem } from "../commands/index.ts";
import { stepOf, useEditor, useRuns } from "../services.ts";
import styles from "./card.module.css";

/** The caret of *Test*: which other steps to run with this one. */
export function TestMenu({ stepId }: { readonly stepId: string }) {
  const editor = useEditor();
  const busy = useRuns((state) => state.running !== null);
  const step = stepOf(editor.document.getState().workflow, stepId);
  if (step === undefined) return null;
  return (
    <Menu
      align="start"
      trigger={
        <IconButton
          label="Test more"
          variant="primary"
          className={styles.caret}
          icon={<ChevronDown size={14} />}
          disabled={busy}
        />
      }
      items={[
        ...stepMenuItems(editor, step, ["step.test-up-to", "step.test-from"]),
        workflowMenuItem(editor, "workflow.test"),
      ]}
    />
  );
}
