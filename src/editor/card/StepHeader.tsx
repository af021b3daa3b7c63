import { ChevronDown, ChevronUp } from "lucide-react";
import { Badge, IconButton } from "../../ui/index.ts";
import type { Step } from "../../workflow/index.ts";
import { checkStepName, renameStep, updateStep } from "../../workflow/index.ts";
import { InlineEdit } from "../InlineEdit.tsx";
import { useEditor, useReadOnly } from "../services.ts";
import styles from "./card.module.css";
import { StatusBadge } from "./StatusBadge.tsx";
import { StepIcon } from "./StepIcon.tsx";
import { StepMenu } from "./StepMenu.tsx";

/** Icon, title, name, state and menu of a step. */
export function StepHeader({ step }: { readonly step: Step }) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const { apply } = document.getState();
  const { id, name, title, collapsed } = step;
  return (
    <header className={styles.head}>
      <StepIcon step={step} />
      <div className={styles.names}>
        <InlineEdit
          className={styles.title}
          label="Step title"
          buttonLabel={`Edit title: ${title}`}
          value={title}
          readOnly={readOnly}
          check={(value) => (value.trim() === "" ? "A step needs a title." : null)}
          onCommit={(value) => apply((workflow) => updateStep(workflow, id, { title: value.trim() }))}
        />
        <InlineEdit
          className={styles.slug}
          label="Step name"
          buttonLabel={`Rename ${name}`}
          value={name}
          readOnly={readOnly}
          check={(value) => checkStepName(document.getState().workflow, id, value)}
          onCommit={(value) => apply((workflow) => renameStep(workflow, id, value))}
        />
      </div>
      <div className={styles.headEnd}>
        {!step.enabled && <Badge tone="muted">Disabled</Badge>}
        <StatusBadge stepId={id} />
        <IconButton
          label={collapsed ? "Expand" : "Collapse"}
          icon={collapsed ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
          aria-expanded={!collapsed}
          onClick={() => apply((workflow) => updateStep(workflow, id, { collapsed: !collapsed }))}
        />
        <StepMenu step={step} />
      </div>
    </header>
  );
}
